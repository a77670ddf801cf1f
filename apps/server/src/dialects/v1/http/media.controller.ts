import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetMedia, OpenMedia, UploadMedia } from '@app/media';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AcceptsSignedLink, Actor } from '../../../transport/auth';
import { receiveUpload } from '../../../transport/http/uploaded-file';
import { AcceptsUpload } from '../../../transport/http/uploads';
import { ParseIdPipe } from '../../../transport/validation';
import { MediaListWire, mediaToWire, MediaUrls, MediaWire } from '../shapes/media.shape';
import { mediaDocs } from './docs/media.docs';
import { MediaIdsQuery, mediaIdsOf, MediaQuery } from './dto/media.dto';
import { API, locate } from './locate';
import { sendMedia } from './media/send-media';

@ApiTags('Media')
@Controller(`${API}/media`)
export class MediaController {
  constructor(
    private readonly uploadMedia: UploadMedia,
    private readonly getMedia: GetMedia,
    private readonly openMedia: OpenMedia,
    private readonly urls: MediaUrls,
  ) {}

  @Post()
  @AcceptsUpload()
  @mediaDocs.upload
  async upload(
    @Actor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MediaWire> {
    const store = this.uploadMedia.execute.bind(this.uploadMedia, actor);
    const media = await receiveUpload(request, { ignoresFields: false }, store);
    locate(reply, `media/${media.id}`);
    return mediaToWire(media, this.urls.signedFor(actor));
  }

  @Get()
  @mediaDocs.get
  async get(@Actor() actor: Actor, @Query() query: MediaIdsQuery): Promise<MediaListWire> {
    const media = await this.getMedia.execute(actor, mediaIdsOf(query));
    return { items: media.map((one) => mediaToWire(one, this.urls.signedFor(actor))) };
  }

  @Get(':media_id')
  @AcceptsSignedLink()
  @mediaDocs.download
  async download(
    @Actor() actor: Actor,
    @Param('media_id', ParseIdPipe) mediaId: number,
    @Query() { size }: MediaQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendMedia(request, reply, await this.openMedia.execute(actor, mediaId, size));
  }

  /** The name stands in the address for people; it is not looked at. */
  @Get(':media_id/:filename')
  @AcceptsSignedLink()
  @mediaDocs.downloadByName
  downloadByName(
    @Actor() actor: Actor,
    @Param('media_id', ParseIdPipe) mediaId: number,
    @Query() query: MediaQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.download(actor, mediaId, query, request, reply);
  }
}
