import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListChanges, ListMessages, MarkRead } from '@app/messages';
import { Actor } from '../../../transport/auth';
import { ParseIdPipe } from '../../../transport/validation';
import { ChangesWire, ReadPositionWire } from '../shapes/changes.shape';
import { FrameShapes } from '../shapes/frames';
import { MediaUrls } from '../shapes/media.shape';
import { HistoryWire, historyToWire } from '../shapes/history.shape';
import { historyDocs } from './docs/history.docs';
import { cursorOf } from './dto/alternatives';
import { MarkReadDto } from './dto/chats.dto';
import { ChangesQuery, HistoryQuery } from './dto/queries.dto';
import { API } from './locate';

@ApiTags('Messages')
@Controller(API)
export class HistoryController {
  constructor(
    private readonly listMessages: ListMessages,
    private readonly listChanges: ListChanges,
    private readonly markRead: MarkRead,
    private readonly frames: FrameShapes,
    private readonly urls: MediaUrls,
  ) {}

  @Get('messages/chat/:chat_id')
  @historyDocs.messages
  async messages(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Query() query: HistoryQuery,
  ): Promise<HistoryWire> {
    const { page = 1, limit } = query;
    const cursor = cursorOf(query);
    const urlOf = this.urls.signedFor(actor);
    if (cursor) return historyToWire(await this.listMessages.byCursor(actor, chatId, cursor, limit), urlOf, cursor);
    return historyToWire(await this.listMessages.byPage(actor, chatId, { page, limit }), urlOf);
  }

  @Get('chats/:chat_id/changes')
  @historyDocs.changes
  async changes(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Query() { after, limit }: ChangesQuery,
  ): Promise<ChangesWire> {
    const { changes, lastSeq, more } = await this.listChanges.execute(actor, chatId, after, limit);
    return { changes: changes.map((change) => this.frames.changeOf(change)), last_seq: lastSeq, more };
  }

  @Post('chats/:chat_id/read')
  @HttpCode(200)
  @historyDocs.read
  async read(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Body() body: MarkReadDto,
  ): Promise<ReadPositionWire> {
    const { seq, unreadCount } = await this.markRead.execute(actor, chatId, body.seq);
    return { chat_id: chatId, seq, unread_count: unreadCount };
  }
}
