import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../transport/docs';
import { NewFileDto, UploadedWire } from '../dto/uploads.dto';

/** What the documentation says about uploading. */
export const uploadDocs = {
  upload: applyDecorators(
    ApiOperation({
      operationId: 'authChatUploadMedia',
      summary: 'Upload a file',
      description:
        'Then send its `file_url` in the text of a message: from then on every member of that chat can open it with a token, and ' +
        'it shows as media in the other dialects. Programs and scripts are not allowed.',
    }),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: NewFileDto }),
    ApiOkResponse({ type: UploadedWire, description: 'The link.' }),
    ApiProblems('request.invalid', 'media.too_large', 'media.quota_exceeded', 'media.type_refused'),
  ),
};
