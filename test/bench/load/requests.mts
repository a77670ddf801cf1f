import { Agent, get } from 'node:http';
import { loadMeter } from './load-meter.mts';

export interface RequestsResult {
  readonly perSecond: number;
  readonly busy: number;
}

/** Asks for the same over and over on kept connections, `atOnce` at a time. @throws for any other answer than 200 */
export async function repeatRequest(
  url: string,
  token: string,
  { seconds, atOnce }: { seconds: number; atOnce: number },
): Promise<RequestsResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let answered = 0;
  const keepAsking = async () => {
    while (performance.now() < endsAt) {
      await ask(url, token, agent);
      answered++;
    }
  };
  try {
    const { busy } = await loadMeter.during(async () => {
      await Promise.all(Array.from({ length: atOnce }, keepAsking));
    });
    return { perSecond: (1000 * answered) / (performance.now() - startedAt), busy };
  } finally {
    agent.destroy();
  }
}

/** The answer is read and dropped. */
function ask(url: string, token: string, agent: Agent): Promise<void> {
  loadMeter.noteWork();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      response.on('data', () => loadMeter.noteWork());
      response.on('end', resolve);
    }).on('error', reject);
  });
}
