import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DeleteAccount } from '@app/chats';
import { GetOwnProfile, GetProfile, ListUsers, RegisterUser, UpdateProfile } from '@app/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Actor, Public } from '../../../transport/auth';
import { ClientAddress } from '../../../transport/http/request-facts';
import { sendSessionCookie } from '../auth/session-cookie';
import { NotSelf } from '../errors/chatroom.errors';
import { Words } from '../errors/words.decorator';
import { WORDINGS } from '../errors/wordings';
import { UserIdPipe } from '../ids';
import { USERS } from '../paths';
import { accountToWire, AccountWire, userToWire, UserWire } from '../shapes/user.shape';
import { userDocs } from './docs/users.docs';
import { RegisterDto, UpdateUserDto } from './dto/account.dto';
import { UsersQuery } from './dto/queries.dto';
import { jsonText } from './json-text';

@ApiTags('Chatroom users')
@Controller(USERS)
export class UsersController {
  constructor(
    private readonly registerUser: RegisterUser,
    private readonly listUsers: ListUsers,
    private readonly getProfile: GetProfile,
    private readonly getOwnProfile: GetOwnProfile,
    private readonly updateProfile: UpdateProfile,
    private readonly deleteAccount: DeleteAccount,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @Words(...WORDINGS.register)
  @userDocs.register
  async register(@Body() body: RegisterDto, @ClientAddress() address: string): Promise<AccountWire> {
    const { username, email, password } = body;
    return accountToWire(await this.registerUser.execute({ username, email, password }, { address }));
  }

  @Get()
  @userDocs.list
  async list(@Actor() actor: Actor, @Query() { after, limit }: UsersQuery): Promise<UserWire[]> {
    return (await this.listUsers.execute(actor, { after, limit })).map(userToWire);
  }

  @Get(':id')
  @Words(...WORDINGS.user)
  @userDocs.get
  async get(@Actor() actor: Actor, @Param('id', UserIdPipe) userId: number): Promise<AccountWire> {
    if (userId === actor.userId) return accountToWire(await this.getOwnProfile.execute(actor));
    return userToWire(await this.getProfile.execute(actor, userId));
  }

  @Put(':id')
  @Words(...WORDINGS.updateUser)
  @userDocs.update
  async update(@Actor() actor: Actor, @Param('id') id: string, @Body() body: UpdateUserDto): Promise<AccountWire> {
    requireSelf(actor, id);
    const changes = {
      username: body.username ?? undefined,
      email: body.email ?? undefined,
      password: body.password ?? undefined,
      currentPassword: body.current_password ?? undefined,
    };
    return accountToWire(await this.updateProfile.execute(actor, changes));
  }

  @Delete(':id')
  @Header('content-type', 'application/json; charset=utf-8')
  @Words(...WORDINGS.deleteUser)
  @userDocs.delete
  async delete(
    @Actor() actor: Actor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    requireSelf(actor, id);
    await this.deleteAccount.execute(actor, null);
    sendSessionCookie(request, reply, null);
    return jsonText('User deleted.');
  }
}

/** Accounts are named in the address, but nobody has a say in any other than their own. */
function requireSelf(actor: Actor, id: string): void {
  if (id !== String(actor.userId)) throw new NotSelf();
}
