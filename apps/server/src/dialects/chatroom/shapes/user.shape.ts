import { ApiSchema } from '@nestjs/swagger';
import type { PublicUser, User } from '@app/users';
import { IdField, TextField } from './fields';

@ApiSchema({ name: 'ChatroomUser', description: 'A person as everybody may see one.' })
export class UserWire {
  @IdField('Names the person.', '789')
  _id: string;

  @TextField('The name to log in with.', { example: 'john_doe' })
  username: string;
}

@ApiSchema({ name: 'ChatroomAccount', description: 'My own account: the only one whose e-mail address is shown.' })
export class AccountWire extends UserWire {
  @TextField('The e-mail address, if there is one.', { required: false, format: 'email', example: 'john@example.org' })
  email?: string;
}

@ApiSchema({ name: 'ChatroomLoggedIn' })
export class LoggedInWire {
  @TextField('A JWT: `Authorization: Bearer <token>`.', { example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3ODkifQ.c2ln' })
  token: string;

  @IdField('Who logged in.', '789')
  userId: string;
}

export function userToWire({ id, username }: PublicUser): UserWire {
  return { _id: String(id), username };
}

export function accountToWire(user: User): AccountWire {
  return { ...userToWire(user), ...(user.email === null ? {} : { email: user.email }) };
}
