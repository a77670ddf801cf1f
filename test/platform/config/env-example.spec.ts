import { parseEnv } from 'node:util';
import { loadConfig, renderEnvExample } from '@app/platform';
import { makeTempFolder } from '../../support/temp-folder';

describe('.env.example', () => {
  it('changes nothing as it stands', () => {
    expect(parseEnv(renderEnvExample())).toEqual({});
  });

  it('shows each setting with the default that holds without it', () => {
    const uncommented = renderEnvExample().replaceAll(/^#(?=[A-Z])/gm, '');
    const shown = parseEnv(uncommented);
    const DATA_DIR = makeTempFolder();
    expect(loadConfig({ ...shown, DATA_DIR }).values).toEqual(loadConfig({ DATA_DIR }).values);
    expect(Object.keys(shown).sort()).toEqual(Object.keys(loadConfig({ DATA_DIR }).values).sort());
  });
});
