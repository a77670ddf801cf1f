import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
} from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { MediaListWire, MediaWire } from '../../shapes/media.shape';
import { UploadDto } from '../dto/media.dto';
import { location } from './headers';
import { mediaIdParam } from './params';

const DOWNLOAD_PROBLEMS = [
  'request.invalid',
  'request.range_not_satisfiable',
  'media.not_found',
  'media.no_thumbnail',
  'media.link_invalid',
  'media.file_missing',
] as const;

function download(operationId: string, summary: string, description: string): MethodDecorator {
  const bytes = { type: 'string', format: 'binary', example: '…' } as const;
  return applyDecorators(
    mediaIdParam,
    ApiOperation({ operationId, summary, description }),
    ApiProduces('application/octet-stream'),
    ApiOkResponse({ description: 'The file.', schema: bytes }),
    ApiResponse({ status: 206, description: 'The bytes that `Range` asked for.', schema: bytes }),
    ApiResponse({
      status: 302,
      description: 'Where files stand in a store that clients reach: an address there that is good for a minute.',
    }),
    ApiResponse({ status: 304, description: '`If-None-Match` names what it is still.' }),
    ApiProblems(...DOWNLOAD_PROBLEMS),
  );
}

/** What the documentation says about the calls of `MediaController`. */
export const mediaDocs = {
  upload: applyDecorators(
    ApiOperation({
      operationId: 'uploadMedia',
      summary: 'Upload a file',
      description:
        'Then name it in the `media_ids` of a message: until then only I may have it, and what no message has used within a day ' +
        'is removed. Its type is found from its bytes. Pictures (JPEG, PNG, GIF, WebP, AVIF; at most 40 megapixels) are freed of ' +
        'what they tell about where, when and with what they were taken, are turned upright, and get thumbnails. ' +
        'All other files are passed on as they are, with whatever they tell: HEIC, TIFF and raw photos, video and sound ' +
        'often hold the place where they were taken. A client that minds removes it before it uploads. ' +
        'An upload that breaks off leaves nothing.',
    }),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: UploadDto }),
    ApiCreatedResponse({ type: MediaWire, description: 'The file.', headers: location('/api/v1/media/17') }),
    ApiProblems(
      'request.invalid',
      'media.too_large',
      'media.quota_exceeded',
      'media.picture_too_large',
      'media.picture_unreadable',
    ),
  ),
  get: applyDecorators(
    ApiOperation({
      operationId: 'getMedia',
      summary: 'What is known of files',
      description:
        'With addresses that are signed anew. For who uploaded them and for members of chats that they were sent to.',
    }),
    ApiOkResponse({ type: MediaListWire, description: 'The files.' }),
    ApiProblems('request.invalid', 'media.not_found'),
  ),
  download: download(
    'downloadMedia',
    'A file',
    'For who uploaded it and for members of chats that it was sent to, with the header or by a signed `url`. Pictures, sound and ' +
      'video that were recognised from their bytes may be shown in place; everything else comes as an attachment.',
  ),
  downloadByName: applyDecorators(
    ApiParam({
      name: 'filename',
      description: 'Any; it is not looked at.',
      schema: { type: 'string' },
      example: 'a.jpg',
    }),
    download('downloadMediaByName', 'A file, by an address that ends with its name', 'The same file.'),
  ),
};
