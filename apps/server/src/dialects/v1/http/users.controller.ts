import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Presence } from '@app/realtime';
import { GetProfile, SearchUsers } from '@app/users';
import { Actor } from '../../../transport/auth';
import { ParseIdPipe } from '../../../transport/validation';
import { pageToWire } from '../shapes/page.shape';
import { ProfileWire, profileToWire, PublicUserPage, publicUserToWire } from '../shapes/user.shape';
import { userDocs } from './docs/users.docs';
import { SearchQuery } from './dto/queries.dto';
import { API } from './locate';

@ApiTags('Users')
@Controller(`${API}/users`)
export class UsersController {
  constructor(
    private readonly searchUsers: SearchUsers,
    private readonly getProfile: GetProfile,
    private readonly presence: Presence,
  ) {}

  @Get('search')
  @userDocs.search
  async search(@Actor() actor: Actor, @Query() query: SearchQuery): Promise<PublicUserPage> {
    return pageToWire(await this.searchUsers.execute(actor, query.q, query), publicUserToWire);
  }

  @Get(':user_id')
  @userDocs.get
  async get(@Actor() actor: Actor, @Param('user_id', ParseIdPipe) userId: number): Promise<ProfileWire> {
    return profileToWire(await this.getProfile.execute(actor, userId), this.presence.isOnline(userId));
  }
}
