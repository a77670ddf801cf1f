import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetChat } from '@app/chats';
import { Presence } from '@app/realtime';
import { Actor } from '../../../transport/auth';
import { ParseIdPipe } from '../../../transport/validation';
import { LiveStatsWire, liveStatsToWire, OnlineUsersWire, onlineUsersToWire } from '../shapes/live.shape';
import { liveDocs } from './docs/live.docs';
import { API } from './locate';

/** Questions about who is connected; the connections themselves are served beside HTTP. */
@ApiTags('Live')
@Controller(`${API}/ws`)
export class LiveInfoController {
  constructor(
    private readonly presence: Presence,
    private readonly getChat: GetChat,
  ) {}

  @Get('stats')
  @liveDocs.stats
  async stats(): Promise<LiveStatsWire> {
    return liveStatsToWire(await this.presence.stats());
  }

  @Get('chat/:chat_id/online')
  @liveDocs.online
  async online(@Actor() actor: Actor, @Param('chat_id', ParseIdPipe) chatId: number): Promise<OnlineUsersWire> {
    const chat = await this.getChat.execute(actor, chatId);
    return onlineUsersToWire(chat, await this.presence.listOnlineInChat(chatId));
  }
}
