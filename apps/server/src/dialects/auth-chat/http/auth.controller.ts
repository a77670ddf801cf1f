import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InvalidInput } from '@app/platform';
import { GetOwnProfile, LogIn, RegisterUser } from '@app/users';
import { Actor, Public } from '../../../transport/auth';
import { AcceptsForm } from '../../../transport/http/form-body';
import { ClientAddress, UserAgent } from '../../../transport/http/request-facts';
import { accountToWire, AccountWire, tokenToWire, TokenWire } from '../shapes/account.shape';
import { TAGS } from '../tags';
import { authDocs } from './docs/auth.docs';
import { LoginDto, SignupDto } from './dto/accounts.dto';

@ApiTags(TAGS.auth)
@Controller('auth')
export class AuthController {
  constructor(
    private readonly registerUser: RegisterUser,
    private readonly logIn: LogIn,
    private readonly getOwnProfile: GetOwnProfile,
  ) {}

  @Post('signup')
  @Public()
  @authDocs.signup
  async signup(
    @Body() { username, email, password, full_name: fullName }: SignupDto,
    @ClientAddress() address: string,
  ): Promise<AccountWire> {
    return accountToWire(await this.registerUser.execute({ username, email, password, fullName }, { address }));
  }

  @Post('login')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Public()
  @AcceptsForm()
  @authDocs.login
  login(
    @Body() body: LoginDto,
    @ClientAddress() address: string,
    @UserAgent() userAgent: string | null,
  ): Promise<TokenWire> {
    return this.open(body, { address, userAgent });
  }

  @Post('token')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Public()
  @AcceptsForm()
  @authDocs.token
  token(
    @Body() body: LoginDto,
    @ClientAddress() address: string,
    @UserAgent() userAgent: string | null,
  ): Promise<TokenWire> {
    return this.open(body, { address, userAgent });
  }

  @Get('users/me')
  @authDocs.me
  async me(@Actor() actor: Actor): Promise<AccountWire> {
    return accountToWire(await this.getOwnProfile.execute(actor));
  }

  private async open({ email, username, password }: LoginDto, source: Parameters<LogIn['execute']>[1]) {
    const login = email ?? username;
    if (typeof login !== 'string') throw InvalidInput.field('email', 'required', 'email: is required, or username.');
    return tokenToWire(await this.logIn.execute({ login, password }, source));
  }
}
