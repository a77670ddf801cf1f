import { SETTINGS } from './settings';

/** The text of `.env.example`: every setting, commented out, with its default. */
export function renderEnvExample(): string {
  const intro = [
    '# Every setting of the server, with its default. None is required: `npm start` works without this file.',
    '# Copy it to `.env` and take away the `#` where you want something else.',
    '# Generated from libs/platform/src/config/settings.ts by `npm run generate`.',
  ].join('\n');
  const settings = Object.entries(SETTINGS).map(([name, setting]) => `# ${setting.about}\n#${name}=${setting.example}`);
  return [intro, ...settings].join('\n\n') + '\n';
}
