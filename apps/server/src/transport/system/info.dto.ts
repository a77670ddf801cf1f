import { ApiProperty } from '@nestjs/swagger';

const bound = (example: number, description: string) => ApiProperty({ type: 'integer', example, description });

/** Every limit that a client has to know beforehand. */
export class LimitsDto {
  @bound(10_000, 'Characters (Unicode code points) of a message.')
  message_max_characters: number;

  @bound(64, 'Characters of a `client_id` or an `Idempotency-Key`.')
  client_id_max_characters: number;

  @bound(100, 'Members of a group.')
  group_max_members: number;

  @bound(100, 'Characters of the name of a group.')
  chat_name_max_characters: number;

  @bound(3, 'Characters of a username, at least.')
  username_min_characters: number;

  @bound(50, 'Characters of a username, at most.')
  username_max_characters: number;

  @bound(100, 'Characters of a full name.')
  full_name_max_characters: number;

  @bound(254, 'Characters of an e-mail address.')
  email_max_characters: number;

  @bound(8, 'Characters of a password, at least.')
  password_min_characters: number;

  @bound(72, 'Bytes of a password in UTF-8, at most.')
  password_max_bytes: number;

  @bound(100, 'Items of a page.')
  page_max_items: number;

  @bound(26_214_400, 'Bytes of an uploaded file.')
  media_max_bytes: number;

  @bound(1_073_741_824, 'Bytes of all files of one user together.')
  media_quota_bytes: number;

  @bound(10, 'Files of a message.')
  media_per_message: number;

  @bound(262_144, 'Bytes of a request body, but for uploads.')
  body_max_bytes: number;

  @bound(262_144, 'Bytes of a frame on a socket.')
  frame_max_bytes: number;

  @bound(1_048_576, 'Bytes that may wait for a slow reader before its socket is closed.')
  unsent_max_bytes: number;

  @bound(32, 'Levels of nested arrays and objects in JSON.')
  json_max_depth: number;

  @bound(50, 'Open sockets of one user.')
  connections_per_user: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1200,
    description: 'Requests of one user, or of one address without one; null if they are not limited.',
  })
  requests_per_minute: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 50,
    description: 'Messages of one user through all doors, four times as many at once; null if they are not limited.',
  })
  messages_per_second: number | null;
}

export class InfoDto {
  @ApiProperty({ example: 'chat-backend' })
  name: string;

  @ApiProperty({ example: '1.0.0' })
  version: string;

  @ApiProperty()
  limits: LimitsDto;
}

export class WelcomeDto {
  @ApiProperty({ example: 'chat-backend' })
  name: string;

  @ApiProperty({ example: '1.0.0' })
  version: string;

  @ApiProperty({ example: 'A real-time chat backend.' })
  description: string;

  @ApiProperty({ example: '/docs', description: 'Swagger UI: try the operations.' })
  docs: string;

  @ApiProperty({ example: '/redoc', description: 'ReDoc: read about them.' })
  redoc: string;

  @ApiProperty({ example: '/openapi.json' })
  openapi: string;

  @ApiProperty({ example: '/health' })
  health: string;

  @ApiProperty({ example: '/api/v1' })
  api: string;
}
