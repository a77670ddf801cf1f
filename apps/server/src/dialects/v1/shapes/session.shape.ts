import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Session, TokenPair } from '@app/users';
import { CountField, FlagField, TextField, TimeField } from './fields';
import { pageSchemaOf } from './page.shape';

@ApiSchema({ name: 'Tokens', description: 'What a log-in gives. Send the access token along with every request.' })
export class TokensWire {
  @TextField('A JWT: `Authorization: Bearer <access_token>`.', {
    example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3ODkifQ.c2ln',
  })
  access_token: string;

  @ApiProperty({ enum: ['bearer'], description: 'How to use it.', example: 'bearer' })
  token_type: 'bearer';

  @CountField('Seconds until the access token expires.', { example: 1800 })
  expires_in: number;

  @TextField('Gets the next pair of tokens, once.', { example: 'c0ffee00-1111-4222-8333-444455556666.4pYs1b' })
  refresh_token: string;
}

@ApiSchema({ name: 'Session', description: 'One log-in.' })
export class SessionWire {
  @TextField('Names the session.', { example: 'c0ffee00-1111-4222-8333-444455556666' })
  id: string;

  @TimeField('When it began.')
  created_at: string;

  @TimeField('When it was last used, to the minute.')
  last_used_at: string;

  @TextField('What the client called itself, cut to 255 characters.', { nullable: true, example: 'curl/8.9.1' })
  user_agent: string | null;

  @FlagField('True for the session that asks.', { example: true })
  is_current: boolean;
}

export class SessionPage extends pageSchemaOf(SessionWire) {}

export function tokensToWire({ accessToken, expiresInSeconds, refreshToken }: TokenPair): TokensWire {
  return {
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
  };
}

export function sessionToWire({ id, createdAt, lastUsedAt, userAgent, isCurrent }: Session): SessionWire {
  return {
    id,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt.toISOString(),
    user_agent: userAgent,
    is_current: isCurrent,
  };
}
