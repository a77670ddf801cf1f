import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@app/platform';
import { makeTempFolder } from '../../support/temp-folder';

describe('the key that is made at first start', () => {
  it('is kept, so that log-ins outlive a restart', () => {
    const DATA_DIR = join(makeTempFolder(), 'made', 'on the way');
    const first = loadConfig({ DATA_DIR });
    const second = loadConfig({ DATA_DIR });
    expect(first.keys.sign.length).toBeGreaterThanOrEqual(32);
    expect(first.warnings[0]).toContain(`a key was made and is kept in ${join(DATA_DIR, 'secret.key')}`);
    expect(second.keys).toEqual(first.keys);
    expect(second.warnings).toEqual([]);
  });

  it('differs from installation to installation', () => {
    const [one, other] = [makeTempFolder(), makeTempFolder()].map((DATA_DIR) => loadConfig({ DATA_DIR }).keys.sign);
    expect(one).not.toBe(other);
  });

  it('is readable by its owner only, and stands alone in the folder', () => {
    const DATA_DIR = makeTempFolder();
    loadConfig({ DATA_DIR });
    expect(statSync(join(DATA_DIR, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(DATA_DIR)).toEqual(['secret.key']);
  });

  it('is not made where one is given', () => {
    const DATA_DIR = makeTempFolder();
    loadConfig({ DATA_DIR, SECRET_KEY: 's'.repeat(32) });
    expect(readdirSync(DATA_DIR)).toEqual([]);
  });

  it.each(['', 'half a key'])('is never replaced silently when it is damaged: "%s"', (damaged) => {
    const DATA_DIR = makeTempFolder();
    const file = join(DATA_DIR, 'secret.key');
    writeFileSync(file, damaged);
    expect(() => loadConfig({ DATA_DIR })).toThrow(`${file} is damaged`);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });
});
