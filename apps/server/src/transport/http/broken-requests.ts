import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { MalformedInput } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorResponder } from '../errors/error-responder';

const SENTENCES: Readonly<Record<string, readonly [status: number, sentence: string] | undefined>> = {
  HPE_HEADER_OVERFLOW: [431, `The headers may have at most ${maxHeaderSize} bytes together.`],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** Requests that break before there is a route: answered like all others, as soon as there is someone to do so. */
export class BrokenRequests {
  private responder: ErrorResponder | undefined;

  answerWith(responder: ErrorResponder): void {
    this.responder = responder;
  }

  /** A malformed or overlong address: the router gives up on it before any hook. */
  readonly onBadAddress = (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.header('x-request-id', request.id);
    this.responder?.respond(error, request, reply);
  };

  /** No HTTP, headers of more than 16 KiB, or too slow: there is only a connection, which is closed. */
  readonly onBadRequest = (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || !this.responder) {
      socket.destroy();
      return;
    }
    const [wanted, sentence] = SENTENCES[error.code ?? ''] ?? [400, 'This is not an HTTP request.'];
    const { status, headers, body } = this.responder.render(new MalformedInput(sentence), wanted);
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  };
}
