import { type Crowd, gatherCrowd, median } from './crowd.mts';
import { LightSocketIo } from './light-socket-io.mts';
import { ROOM_MEMBERS, runRoom } from './room.mts';
import { startBare, startOurs } from './servers.mts';

/** Ours on the embedded store beside a server that keeps nothing, in turns. */
export async function compareWithBare(rounds: number, seconds: number): Promise<string> {
  const [bare, ours] = [await startBare(), await startOurs({}, 0)];
  const crowds: Crowd[] = [];
  const rates: [number[], number[]] = [[], []];
  try {
    crowds.push(await gatherBare(bare.url), await gatherCrowd(ours.url));
    for (const { members, chatId } of crowds) await runRoom(members, chatId, 1);
    for (let round = 0; round < rounds; round++) {
      for (const [index, { members, chatId }] of crowds.entries()) {
        rates[index]?.push((await runRoom(members, chatId, seconds)).messagesPerSecond);
      }
    }
  } finally {
    for (const { members } of crowds) for (const member of members) member.close();
    await bare.stop();
    await ours.stop();
  }
  return report(median(rates[0]), median(rates[1]), `median of ${rounds} rounds of ${seconds} s`);
}

async function gatherBare(url: string): Promise<Crowd> {
  const open = () => LightSocketIo.open(url, '/v1', {}, 'new_message');
  return { members: await Promise.all(Array.from({ length: ROOM_MEMBERS }, open)), chatId: 1 };
}

function report(bare: number, ours: number, how: string): string {
  const row = (name: string, rate: number) => `| ${name} | ${rate.toFixed(0)} | ${(rate * ROOM_MEMBERS).toFixed(0)} |`;
  return [
    `Room of ${ROOM_MEMBERS}, 100-character messages, Socket.IO; ${how}`,
    '| server | messages/s | deliveries/s |\n|---|---|---|',
    row('bare', bare),
    row('ours', ours),
    `ours ÷ bare: ${(ours / bare).toFixed(2)} (ours keeps everything on disk, bare keeps nothing)`,
  ].join('\n');
}
