import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InvalidInput } from '@app/platform';
import { LogIn } from '@app/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../transport/auth';
import { ClientAddress, UserAgent } from '../../../transport/http/request-facts';
import { sendSessionCookie } from '../auth/session-cookie';
import { Words } from '../errors/words.decorator';
import { WORDINGS } from '../errors/wordings';
import { USERS } from '../paths';
import type { LoggedInWire } from '../shapes/user.shape';
import { userDocs } from './docs/users.docs';
import { LoginDto } from './dto/account.dto';

@ApiTags('Chatroom users')
@Controller(USERS)
export class LoginController {
  constructor(private readonly logIn: LogIn) {}

  @Post('login')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Public()
  @Words(...WORDINGS.logIn)
  @userDocs.logIn
  async login(
    @Body() { username, email, password }: LoginDto,
    @ClientAddress() address: string,
    @UserAgent() userAgent: string | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoggedInWire> {
    // A form that has both fields leaves one empty.
    const login = username || email;
    if (!login) throw InvalidInput.field('username', 'required', 'username: give either username or email.');
    const { accessToken, expiresInSeconds, userId } = await this.logIn.execute(
      { login, password },
      { address, userAgent },
    );
    sendSessionCookie(request, reply, { value: accessToken, seconds: expiresInSeconds });
    return { token: accessToken, userId: String(userId) };
  }
}
