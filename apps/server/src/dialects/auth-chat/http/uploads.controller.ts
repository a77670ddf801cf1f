import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UploadMedia } from '@app/media';
import type { FastifyRequest } from 'fastify';
import { Actor } from '../../../transport/auth';
import { mediaPath } from '../../../transport/http/media-links';
import { receiveUpload } from '../../../transport/http/uploaded-file';
import { AcceptsUpload } from '../../../transport/http/uploads';
import { TAGS } from '../tags';
import { uploadDocs } from './docs/uploads.docs';
import type { UploadedWire } from './dto/uploads.dto';

@ApiTags(TAGS.rooms)
@Controller('chat/upload_media')
export class UploadsController {
  constructor(private readonly uploadMedia: UploadMedia) {}

  @Post()
  @HttpCode(200)
  @AcceptsUpload()
  @uploadDocs.upload
  async upload(@Actor() actor: Actor, @Req() request: FastifyRequest): Promise<UploadedWire> {
    const { id, filename } = await receiveUpload(request, { ignoresFields: true }, (file) =>
      this.uploadMedia.execute(actor, { ...file, refusesPrograms: true }),
    );
    return { file_url: mediaPath(id, filename) };
  }
}
