import { ApiSchema } from '@nestjs/swagger';
import type { PublicUser, User } from '@app/users';
import { FlagField, IdField, TextField, TimeField } from './fields';
import { pageSchemaOf } from './page.shape';

@ApiSchema({ name: 'PublicUser', description: 'A person as everybody may see one.' })
export class PublicUserWire {
  @IdField('Names the person.', { example: 789 })
  id: number;

  @TextField('The name to log in with and to be found by.', { example: 'john_doe' })
  username: string;

  @TextField('The name to be shown.', { nullable: true, example: 'John Doe' })
  full_name: string | null;

  @FlagField('False for a deleted account.', { example: true })
  is_active: boolean;

  @TimeField('Since when there is the account.')
  created_at: string;

  @TimeField('When the person was last active; null if never.', { nullable: true })
  last_seen: string | null;
}

@ApiSchema({ name: 'User', description: 'My own account: the only one whose e-mail address is shown.' })
export class OwnUserWire extends PublicUserWire {
  @TextField('The e-mail address; null for accounts that were made without one.', {
    format: 'email',
    nullable: true,
    example: 'john@example.org',
  })
  email: string | null;
}

@ApiSchema({ name: 'UserProfile', description: 'A person, and whether one could talk now.' })
export class ProfileWire extends PublicUserWire {
  @FlagField('True while the person has any connection open.', { example: true })
  is_online: boolean;
}

export class PublicUserPage extends pageSchemaOf(PublicUserWire) {}

export function publicUserToWire(user: PublicUser): PublicUserWire {
  return {
    id: user.id,
    username: user.username,
    full_name: user.fullName,
    is_active: user.isActive,
    created_at: user.createdAt.toISOString(),
    last_seen: user.lastSeen?.toISOString() ?? null,
  };
}

export function ownUserToWire(user: User): OwnUserWire {
  return { ...publicUserToWire(user), email: user.email };
}

export function profileToWire(user: PublicUser, isOnline: boolean): ProfileWire {
  return { ...publicUserToWire(user), is_online: isOnline };
}
