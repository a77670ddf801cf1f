import { Body, Controller, Header, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LogIn, LogOut, RefreshSession, RegisterUser } from '@app/users';
import type { FastifyReply } from 'fastify';
import { Actor, Public } from '../../../transport/auth';
import { AcceptsForm } from '../../../transport/http/form-body';
import { ClientAddress, UserAgent } from '../../../transport/http/request-facts';
import { tokensToWire, TokensWire } from '../shapes/session.shape';
import { OwnUserWire, ownUserToWire } from '../shapes/user.shape';
import { accountDocs } from './docs/accounts.docs';
import { AccountBody } from './dto/account-body';
import { loginNameOf } from './dto/alternatives';
import { LoginDto } from './dto/login.dto';
import { LogoutDto, RefreshDto, RegisterDto } from './dto/users.dto';
import { API, locate } from './locate';

@ApiTags('Users')
@Controller(`${API}/users`)
export class AccountsController {
  constructor(
    private readonly registerUser: RegisterUser,
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
  ) {}

  @Post('register')
  @Public()
  @accountDocs.register
  async register(
    @AccountBody(RegisterDto) { username, email, password, full_name: fullName }: RegisterDto,
    @ClientAddress() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OwnUserWire> {
    const user = await this.registerUser.execute({ username, email, password, fullName }, { address });
    locate(reply, `users/${user.id}`);
    return ownUserToWire(user);
  }

  @Post('login')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Public()
  @AcceptsForm()
  @accountDocs.logIn
  async login(
    @Body() body: LoginDto,
    @ClientAddress() address: string,
    @UserAgent() userAgent: string | null,
  ): Promise<TokensWire> {
    const credentials = { login: loginNameOf(body), password: body.password };
    return tokensToWire(await this.logIn.execute(credentials, { address, userAgent }));
  }

  @Post('refresh')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Public()
  @accountDocs.refresh
  async refresh(@Body() body: RefreshDto, @UserAgent() userAgent: string | null): Promise<TokensWire> {
    return tokensToWire(await this.refreshSession.execute(body.refresh_token, { userAgent }));
  }

  @Post('logout')
  @HttpCode(204)
  @accountDocs.logOut
  logout(@Actor() actor: Actor, @Body() { all }: LogoutDto): Promise<void> {
    return this.logOut.execute(actor, { all: all ?? false });
  }
}
