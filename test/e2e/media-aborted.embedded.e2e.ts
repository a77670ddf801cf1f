import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { runCommand } from '../support/command';
import { newPerson, Person } from '../support/people';
import { startServer, Server } from '../support/server';
import { formOf, picture, TestFile, upload } from '../support/uploads';
import { eventually, randomBetween } from '../support/wait';

/** How many, where there is time for it: see CONTRIBUTING.md. */
const ABORTED = Number(process.env.ABORTED_UPLOADS ?? 100);
const AT_ONCE = 10;

let server: Server;
let ada: Person;
let file: TestFile;
beforeAll(async () => {
  server = await startServer();
  ada = await newPerson(server);
  file = await picture('aborted.jpg', 1500, 1000);
});
afterAll(() => server.stop());

const listIncoming = () => readdirSync(`${server.mediaDir}/incoming`);

test(`${ABORTED} uploads that break off anywhere leave no file and no row`, async () => {
  await upload(ada, file);
  const whole = await requestOf(ada, file);
  for (let done = 0; done < ABORTED; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => sendPart(whole, randomBetween(1, whole.length - 1))));
  }
  expect(
    await eventually(
      async () => listIncoming(),
      (names) => names.length === 0,
      20_000,
    ),
  ).toEqual([]);
  const { code, output } = await runCommand('verify', server.settings);
  expect([code, output]).toEqual([0, expect.stringMatching(/^1 files seen$/m)]);
  expect(output).toMatch(/^1 stored files seen$/m);
  expect(server.logs.errors).toEqual([]);
}, 240_000);

/** The bytes of a whole upload as a browser sends them. */
async function requestOf(person: Person, content: TestFile): Promise<Buffer> {
  const body = new Request('http://localhost', { method: 'POST', body: formOf(content) });
  const bytes = Buffer.from(await body.arrayBuffer());
  const head = [
    'POST /api/v1/media HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${person.token}`,
    `content-type: ${body.headers.get('content-type')}`,
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}

async function sendPart(whole: Buffer, bytes: number): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(whole.subarray(0, bytes), resolve));
  if (bytes % 2 === 0) socket.resetAndDestroy();
  else socket.destroy();
}
