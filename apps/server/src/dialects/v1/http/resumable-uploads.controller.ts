import { Controller, Delete, Get, Head, Header, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FinishUpload, GetUpload } from '@app/media';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Actor, Public } from '../../../transport/auth';
import { MethodNotAllowed } from '../../../transport/errors';
import { AcceptsPart } from '../../../transport/http/uploads';
import { MediaUrls } from '../shapes/media.shape';
import { ResumableUploadWire, uploadToWire } from '../shapes/resumable-upload.shape';
import { resumableDocs } from './docs/resumable.docs';
import { API } from './locate';
import { TusMethod, TusProtocol } from './resumable/tus-protocol';

const NOBODY: Actor = { userId: 0, sessionId: '' };
/** What a client may say that it means, where something on the way lets only GET and POST pass. */
const OVERRIDES: readonly TusMethod[] = ['PATCH', 'DELETE', 'HEAD'];

@ApiTags('Media')
@Controller(`${API}/media/resumable`)
export class ResumableUploadsController {
  constructor(
    private readonly tus: TusProtocol,
    private readonly getUpload: GetUpload,
    private readonly finishUpload: FinishUpload,
    private readonly urls: MediaUrls,
  ) {}

  /** The same for everybody: versions, extensions and the limit. */
  @Options()
  @Public()
  @resumableDocs.discover
  discover(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tus.answer(NOBODY, request, reply, { method: 'OPTIONS' });
  }

  @Post()
  @AcceptsPart()
  @resumableDocs.begin
  begin(@Actor() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tus.answer(actor, request, reply, { method: 'POST' });
  }

  @Head(':upload_id')
  @resumableDocs.offset
  offset(
    @Actor() actor: Actor,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.tus.answer(actor, request, reply, { method: 'HEAD', uploadId });
  }

  @Get(':upload_id')
  @Header('cache-control', 'no-store')
  @resumableDocs.get
  async get(@Actor() actor: Actor, @Param('upload_id') uploadId: string): Promise<ResumableUploadWire> {
    const media = await this.finishUpload.execute(actor, uploadId);
    return uploadToWire(await this.getUpload.execute(actor, uploadId), media, this.urls.signedFor(actor));
  }

  @Patch(':upload_id')
  @AcceptsPart()
  @resumableDocs.append
  append(
    @Actor() actor: Actor,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.tus.answer(actor, request, reply, { method: 'PATCH', uploadId });
  }

  @Delete(':upload_id')
  @resumableDocs.giveUp
  giveUp(
    @Actor() actor: Actor,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.tus.answer(actor, request, reply, { method: 'DELETE', uploadId });
  }

  /** Opens nothing that the method itself would not: it asks for the same token, and counts in the same way. */
  @Post(':upload_id')
  @AcceptsPart()
  @resumableDocs.override
  override(
    @Actor() actor: Actor,
    @Param('upload_id') uploadId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const method = OVERRIDES.find((name) => name === request.headers['x-http-method-override']);
    if (!method) throw new MethodNotAllowed('POST', ['DELETE', 'GET', 'HEAD', 'PATCH']);
    return this.tus.answer(actor, request, reply, { method, uploadId });
  }
}
