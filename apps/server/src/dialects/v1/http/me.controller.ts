import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DeleteAccount } from '@app/chats';
import { GetOwnProfile, UpdateProfile } from '@app/users';
import { Actor } from '../../../transport/auth';
import { OwnUserWire, ownUserToWire } from '../shapes/user.shape';
import { meDocs } from './docs/me.docs';
import { AccountBody } from './dto/account-body';
import { DeleteMeDto, UpdateMeDto } from './dto/users.dto';
import { API } from './locate';

@ApiTags('Users')
@Controller(`${API}/users/me`)
export class MeController {
  constructor(
    private readonly getOwnProfile: GetOwnProfile,
    private readonly updateProfile: UpdateProfile,
    private readonly deleteAccount: DeleteAccount,
  ) {}

  @Get()
  @meDocs.get
  async get(@Actor() actor: Actor): Promise<OwnUserWire> {
    return ownUserToWire(await this.getOwnProfile.execute(actor));
  }

  @Put()
  @meDocs.update
  async update(@Actor() actor: Actor, @AccountBody(UpdateMeDto) body: UpdateMeDto): Promise<OwnUserWire> {
    const { full_name: fullName, current_password: currentPassword, username, email, password } = body;
    const changes = { fullName, email, username, password, currentPassword };
    return ownUserToWire(await this.updateProfile.execute(actor, changes));
  }

  @Delete()
  @HttpCode(204)
  @meDocs.delete
  delete(@Actor() actor: Actor, @Body() body: DeleteMeDto): Promise<void> {
    return this.deleteAccount.execute(actor, body.current_password);
  }
}
