import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/platform';
import { DeleteUser } from './delete-user';
import { EmailOwners } from './email-owners';
import { EndSession } from './end-session';
import { GetOwnProfile } from './get-own-profile';
import { GetProfile } from './get-profile';
import { ListUsers } from './list-users';
import { ListSessions } from './list-sessions';
import { LogIn } from './log-in';
import { LogOut } from './log-out';
import { GuessLimit } from './passwords/guess-limit';
import { OwnPassword } from './passwords/own-password';
import { PasswordHasher } from './passwords/password-hasher';
import { SessionEntity } from './persistence/session.entity';
import { SessionsRepository } from './persistence/sessions.repository';
import { UserSearch } from './persistence/user-search';
import { UserEntity } from './persistence/user.entity';
import { UsersRepository } from './persistence/users.repository';
import { RefreshSession } from './refresh-session';
import { RegisterUser } from './register-user';
import { SearchUsers } from './search-users';
import { AccessTokens } from './sessions/access-tokens';
import { ActivityLog } from './sessions/activity-log';
import { SessionSweeper } from './sessions/session-sweeper';
import { Sessions } from './sessions/sessions';
import { TokenPairs } from './sessions/token-pairs';
import { TouchLastSeen } from './touch-last-seen';
import { UpdateProfile } from './update-profile';
import { UserDirectory } from './user-directory';
import { VerifyPassword } from './verify-password';

const useCases = [
  DeleteUser,
  EndSession,
  GetOwnProfile,
  GetProfile,
  ListSessions,
  ListUsers,
  LogIn,
  LogOut,
  RefreshSession,
  RegisterUser,
  SearchUsers,
  TouchLastSeen,
  UpdateProfile,
  VerifyPassword,
];

const jwt = JwtModule.registerAsync({
  inject: [Config],
  useFactory: ({ keys, values: { ALGORITHM } }: Config) => ({
    ...(ALGORITHM === 'HS256' ? { secret: keys.sign } : { privateKey: keys.sign }),
    signOptions: { algorithm: ALGORITHM },
  }),
});

@Module({
  imports: [TypeOrmModule.forFeature([UserEntity, SessionEntity]), jwt],
  providers: [
    ...useCases,
    AccessTokens,
    ActivityLog,
    EmailOwners,
    GuessLimit,
    OwnPassword,
    PasswordHasher,
    SessionSweeper,
    Sessions,
    SessionsRepository,
    TokenPairs,
    UserDirectory,
    UserSearch,
    UsersRepository,
  ],
  exports: [...useCases, AccessTokens, EmailOwners, Sessions, UserDirectory],
})
export class UsersModule {}
