import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator';
import { ApiDocument } from './api-document';
import { findRedocBundle, REDOC_BUNDLE, REDOC_PAGE } from './redoc-page';

/** The document and its reader. Swagger UI brings routes of its own: see `serveDocs`. */
@ApiExcludeController()
@Public()
@Controller()
export class DocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  openApi(): string {
    return this.document.getJson();
  }

  @Get('redoc')
  @Header('content-type', 'text/html; charset=utf-8')
  redoc(): string {
    return REDOC_PAGE;
  }

  @Get(`redoc/${REDOC_BUNDLE}`)
  @Header('cache-control', 'public, max-age=86400')
  async redocBundle(): Promise<StreamableFile> {
    const file = findRedocBundle();
    const { size } = await stat(file);
    return new StreamableFile(createReadStream(file), { type: 'text/javascript; charset=utf-8', length: size });
  }
}
