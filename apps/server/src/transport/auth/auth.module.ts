import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { UsersModule } from '@app/users';
import { JwtStrategy } from './jwt.strategy';
import { TokenAuthenticator } from './token-authenticator';

@Module({
  imports: [PassportModule, UsersModule],
  providers: [JwtStrategy, TokenAuthenticator],
  exports: [TokenAuthenticator],
})
export class AuthModule {}
