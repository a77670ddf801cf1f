import { createHash } from 'node:crypto';
import { expectStatus } from './api';
import { Person, send } from './people';
import { download, TestFile, upload } from './uploads';
import type { Media, Message, Page } from './wire';

interface KeptFile {
  readonly media: Media;
  /** Of the bytes that were sent; undefined for pictures that the server writes anew. */
  readonly sha256: string | undefined;
}

/** What uploaders were told, so that it can be compared with what is there after the server died on them. */
export class FileLedger {
  private readonly kept = new Map<number, KeptFile>();
  private readonly attached = new Map<number, number>();
  private readonly deleted = new Set<number>();
  private messages: Map<number, Message> | undefined;
  /** Neither acknowledged nor refused. */
  interrupted = 0;

  constructor(
    private readonly person: Person,
    private readonly chat: { readonly id: number },
    private readonly onAck: () => void,
  ) {}

  get acknowledged(): number {
    return this.kept.size + this.deleted.size;
  }

  /** Uploads the file, sends it if it is to be sent, and deletes the message if it is to be deleted. */
  async put(file: TestFile, { isSent, isDeleted }: { isSent: boolean; isDeleted: boolean }): Promise<void> {
    this.interrupted++;
    const media = await upload(this.person, file);
    this.kept.set(media.id, { media, sha256: /\.jpg$/.test(file.name) ? undefined : hashOf(file.bytes) });
    this.onAck();
    if (isSent) await this.send(media, isDeleted);
    this.interrupted--;
  }

  /** What is wrong with what the server has, compared with what it acknowledged. */
  async compare(): Promise<string[]> {
    const wrong: string[] = [];
    for (const [messageId, mediaId] of this.attached) {
      if (!(await this.filesOf(messageId)).includes(mediaId)) wrong.push(`message ${messageId} lost file ${mediaId}`);
    }
    for (const { media, sha256 } of this.kept.values()) {
      const { status, bytes, headers } = await this.fetch(media.id);
      const hash = hashOf(bytes);
      if (status !== 200) wrong.push(`file ${media.id}: ${status}`);
      else if (bytes.length !== media.size) wrong.push(`file ${media.id}: ${bytes.length} bytes, not ${media.size}`);
      else if ((sha256 ?? hash) !== hash || headers.get('etag') !== `"${hash}"`)
        wrong.push(`file ${media.id}: other bytes`);
    }
    for (const mediaId of this.deleted) {
      if ((await this.fetch(mediaId)).status !== 404) wrong.push(`file ${mediaId} came back`);
    }
    return wrong;
  }

  private async send(media: Media, isDeleted: boolean): Promise<void> {
    const message = await send(this.person, this.chat, '', { media_ids: [media.id] });
    if (!isDeleted) return void this.attached.set(message.id, media.id);
    // From here on nobody knows, until there is an answer.
    this.kept.delete(media.id);
    expectStatus(await this.person.api.delete(`/messages/${message.id}`), 200);
    this.deleted.add(media.id);
  }

  private async filesOf(messageId: number): Promise<number[]> {
    this.messages ??= await this.readHistory();
    return (this.messages.get(messageId)?.media ?? []).map(({ id }) => id);
  }

  private async readHistory(): Promise<Map<number, Message>> {
    const found = new Map<number, Message>();
    for (let after: number | null = 0; after !== null;) {
      const path = `/messages/chat/${this.chat.id}?after=${after}&limit=100`;
      const page: Page<Message> = expectStatus(await this.person.api.get<Page<Message>>(path), 200);
      for (const message of page.items) found.set(message.id, message);
      after = page.next_after ?? null;
    }
    return found;
  }

  private fetch(mediaId: number) {
    return download(this.person.server, `/api/v1/media/${mediaId}`, { token: this.person.token });
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
