import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { MediaModule } from '@app/media';
import { UsersModule } from '@app/users';
import { JwtStrategy } from './jwt.strategy';
import { SignedLinks } from './signed-links';
import { TokenAuthenticator } from './token-authenticator';
import { TokenSources } from './token-sources';

@Module({
  imports: [PassportModule, UsersModule, MediaModule],
  providers: [JwtStrategy, SignedLinks, TokenAuthenticator, TokenSources],
  exports: [SignedLinks, TokenAuthenticator, TokenSources],
})
export class AuthModule {}
