import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EndSession, ListSessions } from '@app/users';
import { Actor } from '../../../transport/auth';
import { PageQuery } from '../../../transport/validation';
import { pageToWire } from '../shapes/page.shape';
import { SessionPage, sessionToWire } from '../shapes/session.shape';
import { sessionDocs } from './docs/sessions.docs';
import { API } from './locate';

@ApiTags('Users')
@Controller(`${API}/users/me/sessions`)
export class SessionsController {
  constructor(
    private readonly listSessions: ListSessions,
    private readonly endSession: EndSession,
  ) {}

  @Get()
  @sessionDocs.list
  async list(@Actor() actor: Actor, @Query() query: PageQuery): Promise<SessionPage> {
    return pageToWire(await this.listSessions.execute(actor, query), sessionToWire);
  }

  @Delete(':session_id')
  @HttpCode(204)
  @sessionDocs.end
  end(@Actor() actor: Actor, @Param('session_id') sessionId: string): Promise<void> {
    return this.endSession.execute(actor, sessionId);
  }
}
