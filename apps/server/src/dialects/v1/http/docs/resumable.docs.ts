import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponseOptions,
} from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { MediaWire } from '../../shapes/media.shape';
import { ResumableUploadWire } from '../../shapes/resumable-upload.shape';
import { location } from './headers';

const EXAMPLE_ID = '5f0c3a9e8d7b41c2a6e09f1b2d3c4e5f';

const tusHeader = (description: string, example: string) => ({ description, schema: { type: 'string', example } });
const MEDIA_ID: ApiResponseOptions['headers'] = {
  'Upload-Media-Id': tusHeader('The id of the file, once all of it is here.', '17'),
};
const OFFSET: ApiResponseOptions['headers'] = { 'Upload-Offset': tusHeader('Bytes that are here.', '102400') };
const EXPIRES: ApiResponseOptions['headers'] = {
  'Upload-Expires': tusHeader('When it is forgotten unless it is finished.', 'Sat, 21 Nov 2026 09:30:15 GMT'),
};

const uploadIdParam = ApiParam({
  name: 'upload_id',
  description: 'The upload, as in `Location`.',
  schema: { type: 'string' },
  example: EXAMPLE_ID,
});
const version = ApiHeader({
  name: 'Tus-Resumable',
  description: 'Always 1.0.0.',
  required: true,
  schema: { type: 'string', example: '1.0.0' },
});
const part = applyDecorators(
  ApiConsumes('application/offset+octet-stream'),
  ApiBody({ schema: { type: 'string', format: 'binary', example: '…' }, required: false }),
);

const FINISH_PROBLEMS = ['media.quota_exceeded', 'media.picture_too_large', 'media.picture_unreadable'] as const;
const PART_PROBLEMS = [
  'media.tus_version_wrong',
  'request.invalid',
  'media.upload_not_found',
  'media.upload_in_use',
  'media.upload_offset_wrong',
  'media.upload_too_long',
  ...FINISH_PROBLEMS,
] as const;

function append(
  operationId: string,
  summary: string,
  description: string,
  ...furtherProblems: readonly string[]
): MethodDecorator {
  return applyDecorators(
    uploadIdParam,
    version,
    part,
    ApiHeader({
      name: 'Upload-Offset',
      description: 'Where it begins.',
      schema: { type: 'integer', example: 102_400 },
    }),
    ApiOperation({ operationId, summary, description }),
    ApiNoContentResponse({ description: 'It is here; more is to come.', headers: { ...OFFSET, ...EXPIRES } }),
    ApiOkResponse({ type: MediaWire, description: 'It was the last: the file.', headers: { ...OFFSET, ...MEDIA_ID } }),
    ApiProblems(...PART_PROBLEMS, ...furtherProblems),
  );
}

/** What the documentation says about the calls of `ResumableUploadsController`. */
export const resumableDocs = {
  discover: applyDecorators(
    ApiOperation({
      operationId: 'discoverResumableUploads',
      summary: 'What resumable uploads can do',
      description: 'Versions and extensions of the protocol ([tus](https://tus.io)), and how large a file may be.',
    }),
    ApiNoContentResponse({
      description: 'In headers.',
      headers: {
        'Tus-Version': tusHeader('Versions.', '1.0.0'),
        'Tus-Extension': tusHeader('Extensions.', 'creation,creation-with-upload,termination,expiration'),
        'Tus-Max-Size': tusHeader('Bytes.', '26214400'),
      },
    }),
    ApiProblems(),
  ),
  begin: applyDecorators(
    version,
    part,
    ApiHeader({
      name: 'Upload-Length',
      required: true,
      description: 'Bytes of the whole file.',
      schema: { type: 'integer', example: 204_800 },
    }),
    ApiHeader({
      name: 'Upload-Metadata',
      description: '`filename` (or `name`), in base64. Other keys are given back, and not looked at.',
      schema: { type: 'string', maxLength: 4096, example: 'filename c3Vuc2V0LmpwZw==' },
    }),
    ApiOperation({
      operationId: 'beginResumableUpload',
      summary: 'Begin an upload that may be interrupted',
      description:
        'By the protocol [tus 1.0](https://tus.io), for which there are clients for every platform: see docs/guides/upload-files.md. ' +
        'The same limits hold as for `POST /api/v1/media`, and the same comes of it. What is announced counts against my quota; ' +
        'at most 20 uploads may be unfinished, each for a day. The body may bring the first bytes, or all.',
    }),
    ApiCreatedResponse({
      type: MediaWire,
      description: 'It may begin; if the body brought all of it, the file.',
      headers: { ...location(`/api/v1/media/resumable/${EXAMPLE_ID}`), ...OFFSET, ...EXPIRES, ...MEDIA_ID },
    }),
    ApiProblems(
      'request.invalid',
      'media.tus_version_wrong',
      'media.too_large',
      'media.too_many_uploads',
      'media.upload_too_long',
      ...FINISH_PROBLEMS,
    ),
  ),
  offset: applyDecorators(
    uploadIdParam,
    version,
    ApiOperation({
      operationId: 'getResumableUploadOffset',
      summary: 'How far an upload has come, by tus',
      description: 'A request that is sending parts of it is asked to stop. For who began it.',
    }),
    ApiOkResponse({
      description: 'In headers.',
      headers: { ...OFFSET, 'Upload-Length': tusHeader('Bytes of the whole file.', '204800'), ...MEDIA_ID },
    }),
    ApiProblems('media.tus_version_wrong', 'media.upload_not_found', 'media.upload_in_use', ...FINISH_PROBLEMS),
  ),
  get: applyDecorators(
    uploadIdParam,
    ApiOperation({
      operationId: 'getResumableUpload',
      summary: 'How far an upload has come, and what became of it',
      description: 'For who began it; for a day after it is finished, too, in case that the last answer was lost.',
    }),
    ApiOkResponse({ type: ResumableUploadWire, description: 'The upload.' }),
    ApiProblems('media.upload_not_found', ...FINISH_PROBLEMS),
  ),
  append: append(
    'appendToResumableUpload',
    'Send a part',
    'What came stays, also if the connection breaks: ask for the offset and go on from there. The last part brings the file.',
  ),
  giveUp: applyDecorators(
    uploadIdParam,
    version,
    ApiOperation({
      operationId: 'giveUpResumableUpload',
      summary: 'Give an upload up',
      description: 'Nothing is left of it. A file that it has become stays.',
    }),
    ApiNoContentResponse({ description: 'It is forgotten.' }),
    ApiProblems('media.tus_version_wrong', 'media.upload_not_found', 'media.upload_in_use'),
  ),
  override: applyDecorators(
    ApiHeader({
      name: 'X-HTTP-Method-Override',
      required: true,
      description: 'The method that is meant.',
      schema: { type: 'string', enum: ['PATCH', 'DELETE', 'HEAD'], example: 'PATCH' },
    }),
    append(
      'overrideResumableUpload',
      'The same, where only GET and POST get through',
      'As the method that the header names.',
      'request.method_not_allowed',
    ),
  ),
};
