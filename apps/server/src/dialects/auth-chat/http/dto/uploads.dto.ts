import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { TextField } from '../../shapes/fields';

/** For the documentation only: the file itself never is a value. */
@ApiSchema({ name: 'AuthChatNewFile' })
export class NewFileDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The file, with its name.', example: '…' })
  file: unknown;
}

@ApiSchema({ name: 'AuthChatFile' })
export class UploadedWire {
  @TextField('Where it is found on this server, with a token. Ends with its name.', {
    format: 'uri-reference',
    example: '/api/v1/media/17/sunset.jpg',
  })
  file_url: string;
}
