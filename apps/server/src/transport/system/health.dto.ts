import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class StoreHealthDto {
  @ApiProperty({ example: 'MySQL' })
  kind: string;

  @ApiProperty({ enum: ['ok', 'error'], example: 'ok' })
  status: 'ok' | 'error';

  @ApiProperty({ description: 'How long the store took to answer, in milliseconds.', example: 0.4 })
  latency_ms: number;
}

export class StoresHealthDto {
  @ApiProperty({ description: 'Users, chats, the log of changes.' })
  metadata: StoreHealthDto;

  @ApiProperty({ description: 'Texts of messages.' })
  bodies: StoreHealthDto;

  @ApiPropertyOptional({
    description: 'What connects several nodes. Without it each goes on for itself: `degraded`.',
  })
  bus?: StoreHealthDto;

  @ApiPropertyOptional({
    description: 'Uploaded files, where a store has them. Without it everything else works: `degraded`.',
  })
  files?: StoreHealthDto;
}

export class HealthDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'error'],
    example: 'ok',
    description: '`degraded`: serves, but not everything; `error`: answered with 503.',
  })
  status: 'ok' | 'degraded' | 'error';

  @ApiProperty({ example: '1.0.0' })
  version: string;

  @ApiProperty({ type: 'integer', example: 86_400 })
  uptime_seconds: number;

  @ApiProperty()
  stores: StoresHealthDto;
}

export class LivenessDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}
