import { once } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';

/** A line to a server that can be cut: for one node it is gone, while others still reach it another way. */
export class Link {
  private readonly pairs = new Set<Socket>();
  private isCut = false;
  private bytesLeft = Infinity;
  private tellCut: () => void = () => undefined;
  private readonly listener = createServer((near) => this.join(near));

  private constructor(
    private host: string,
    private port: number,
  ) {}

  /** A link to the server of this URL, on a port of its own. */
  static async to(url: string): Promise<Link> {
    const { hostname, port } = new URL(url);
    const link = new Link(hostname, Number(port));
    link.listener.listen(0, '127.0.0.1');
    await once(link.listener, 'listening');
    return link;
  }

  /** The same URL by way of this link. */
  through(url: string): string {
    const linked = new URL(url);
    linked.hostname = '127.0.0.1';
    linked.port = String((this.listener.address() as AddressInfo).port);
    return linked.href;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.pairs.size / 2;
  }

  /** Breaks every connection, and refuses new ones until `restore`. */
  cut(): void {
    this.isCut = true;
    // Not `resetAndDestroy`: where the other end is just closing, Node 24 then never ends.
    for (const socket of this.pairs) socket.destroy();
  }

  /** Cuts it once so many more bytes have come in, and tells when. */
  cutAfter(bytes: number): Promise<void> {
    this.bytesLeft = bytes;
    return new Promise((resolve) => (this.tellCut = resolve));
  }

  restore(): void {
    this.isCut = false;
  }

  /** New connections go to the server of this URL. */
  leadTo(url: string): void {
    const { hostname, port } = new URL(url);
    this.host = hostname;
    this.port = Number(port);
  }

  async close(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private join(near: Socket): void {
    if (this.isCut) return void near.destroy();
    const far = connect(this.port, this.host);
    near.on('data', ({ length }) => this.count(length));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.pairs.add(one);
      one.setNoDelay(true);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.pairs.delete(one);
        other.destroy();
      });
    }
  }

  private count(bytes: number): void {
    this.bytesLeft -= bytes;
    if (this.bytesLeft > 0) return;
    this.bytesLeft = Infinity;
    this.cut();
    this.tellCut();
  }
}
