import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { TokenPair, User } from '@app/users';
import { IdField, TextField } from './fields';
import { nameOf } from './people';

@ApiSchema({ name: 'AuthChatUser', description: 'My account.' })
export class AccountWire {
  @IdField('Names the person.', '789')
  id: string;

  @TextField('The username.', { example: 'john_doe' })
  username: string;

  @TextField('The e-mail address, in lower case; null for an account that was made without one.', {
    format: 'email',
    nullable: true,
    example: 'john@example.org',
  })
  email: string | null;
}

@ApiSchema({ name: 'AuthChatToken', description: 'What a log-in gives.' })
export class TokenWire {
  @TextField('Send it along with every request: `Authorization: Bearer <token>`.', { example: 'eyJhbGciOiJIUzI1NiIs…' })
  access_token: string;

  @ApiProperty({ type: 'string', enum: ['bearer'], example: 'bearer', description: 'How it is sent.' })
  token_type: 'bearer';
}

export function accountToWire(user: User): AccountWire {
  const { id, username, email } = user;
  return { id: String(id), username, email: email === null ? null : nameOf(user) };
}

export function tokenToWire({ accessToken }: TokenPair): TokenWire {
  return { access_token: accessToken, token_type: 'bearer' };
}
