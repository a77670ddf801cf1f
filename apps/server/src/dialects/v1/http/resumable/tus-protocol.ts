import { Injectable } from '@nestjs/common';
import { Locker, Server, ServerOptions } from '@tus/server';
import { AppendToUpload, BeginUpload, FinishUpload, GetUpload, GiveUpUpload, Release, UploadLocks } from '@app/media';
import { Actor, Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mediaToWire, MediaUrls } from '../../shapes/media.shape';
import { API } from '../locate';
import { nameBadHeaders, nameFailure, TusVersionWrong } from './tus-failures';
import { tusRequestOf } from './tus-request';
import { TusStore } from './tus-store';

const VERSION = '1.0.0';
const PATH = `/${API}/media/resumable`;
/** How long a request that has to make way may go on with what is on its way already. */
const MAKE_WAY_MS = 500;

export type TusMethod = 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** What becomes of one request. */
interface Course {
  /** What an upload that it began is called. */
  begun?: string;
  failure?: Error;
}

/** Speaks tus 1.0: `@tus/server` knows the protocol, the use cases of the library do the work. */
@Injectable()
export class TusProtocol {
  private readonly maxBytes: number;

  constructor(
    { values }: Config,
    private readonly begin: BeginUpload,
    private readonly append: AppendToUpload,
    private readonly get: GetUpload,
    private readonly finish: FinishUpload,
    private readonly giveUp: GiveUpUpload,
    private readonly locks: UploadLocks,
    private readonly urls: MediaUrls,
  ) {
    this.maxBytes = values.MEDIA_MAX_BYTES;
  }

  /**
   * Answers for an upload of the actor's, or begins one.
   * @throws what the use cases throw, and what the protocol refuses, by its name
   */
  async answer(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    { method, uploadId }: { readonly method: TusMethod; readonly uploadId?: string },
  ): Promise<void> {
    void reply.headers({ 'tus-resumable': VERSION, 'cache-control': 'no-store' });
    if (method !== 'OPTIONS' && request.headers['tus-resumable'] !== VERSION) {
      void reply.header('tus-version', VERSION);
      throw new TusVersionWrong();
    }
    if (uploadId !== undefined && method === 'HEAD') await this.tellResult(actor, uploadId, reply);
    const course: Course = {};
    const path = uploadId === undefined ? PATH : `${PATH}/${encodeURIComponent(uploadId)}`;
    const tus = tusRequestOf(request, method, path);
    try {
      const response = await this.serverFor(actor, method, course).handleWeb(tus.request);
      await tus.close();
      await this.send(response, reply, course);
    } catch (error) {
      // Nobody has heard what it is called.
      if (course.begun !== undefined) await this.giveUp.execute(actor, course.begun).catch(() => undefined);
      throw error;
    }
  }

  private serverFor(actor: Actor, method: TusMethod, course: Course): Server {
    const { append, get, giveUp } = this;
    const options: ServerOptions = {
      path: PATH,
      maxSize: this.maxBytes,
      relativeLocation: true,
      lockDrainTimeout: MAKE_WAY_MS,
      locker: method === 'POST' ? UNLOCKED : this.locker,
      namingFunction: async ({ headers }, metadata = {}) => {
        const filename = metadata.filename ?? metadata.name ?? '';
        const note = headers.get('upload-metadata') ?? '';
        const size = Number(headers.get('upload-length'));
        course.begun = await this.begin.execute(actor, { filename, size, note });
        return course.begun;
      },
      // Before it is taken from whoever holds it: only its own person may do that.
      onIncomingRequest: async (_request, id) => void (await this.get.execute(actor, id)),
      onUploadFinish: (_request, { id }) => this.tellMedia(actor, id, method === 'POST' ? 201 : 200),
      onResponseError: (_request, error) => void (course.failure = nameFailure(error, this.maxBytes)),
    };
    return new Server({ ...options, datastore: new TusStore(actor, { append, get, giveUp }) });
  }

  private readonly locker: Locker = {
    newLock: (id) => {
      let release: Release | undefined;
      return {
        lock: async (signal, stop) => void (release = await this.locks.acquire(id, () => void stop(), signal)),
        unlock: async () => release?.(),
      };
    },
  };

  /** The last part is here: the answer brings the file. */
  private async tellMedia(actor: Actor, uploadId: string, status_code: number) {
    const media = await this.finish.execute(actor, uploadId);
    if (!media) throw new Error('an upload is finished and lacks bytes');
    const headers = { 'content-type': 'application/json; charset=utf-8', 'upload-media-id': media.id };
    return { status_code, headers, body: JSON.stringify(mediaToWire(media, this.urls.signedFor(actor))) };
  }

  /** For those who did not hear that answer. What was left undone then is done now. */
  private async tellResult(actor: Actor, uploadId: string, reply: FastifyReply): Promise<void> {
    const media = await this.finish.execute(actor, uploadId);
    if (media) void reply.header('upload-media-id', media.id);
  }

  private async send(response: Response, reply: FastifyReply, { failure }: Course): Promise<void> {
    const body = await response.text();
    if (failure !== undefined) throw failure;
    if (response.status >= 400) throw nameBadHeaders(body);
    for (const [name, value] of response.headers) {
      const isOurs = name.startsWith('access-control-') || name === 'content-length';
      if (!isOurs && (body !== '' || name !== 'content-type')) void reply.header(name, value);
    }
    await reply.code(response.status).send(body === '' ? undefined : body);
  }
}

/** Of what is just being made nobody else knows. */
const UNLOCKED: Locker = { newLock: () => ({ lock: async () => undefined, unlock: async () => undefined }) };
