import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateGroup, GetChat, LeaveChat, OpenDirectChat, RenameChat } from '@app/chats';
import { ListInbox } from '@app/messages';
import type { FastifyReply } from 'fastify';
import { Actor } from '../../../transport/auth';
import { PageQuery, ParseIdPipe } from '../../../transport/validation';
import { ChatPage, ChatShapes, ChatWire } from '../shapes/chat.shape';
import { MediaUrls } from '../shapes/media.shape';
import { pageToWire } from '../shapes/page.shape';
import { chatDocs } from './docs/chats.docs';
import { CreateChatDto, UpdateChatDto } from './dto/chats.dto';
import { API, locate } from './locate';

@ApiTags('Chats')
@Controller(`${API}/chats`)
export class ChatsController {
  constructor(
    private readonly openDirectChat: OpenDirectChat,
    private readonly createGroup: CreateGroup,
    private readonly listInbox: ListInbox,
    private readonly getChat: GetChat,
    private readonly renameChat: RenameChat,
    private readonly leaveChat: LeaveChat,
    private readonly shapes: ChatShapes,
    private readonly urls: MediaUrls,
  ) {}

  @Post()
  @chatDocs.create
  async create(
    @Actor() actor: Actor,
    @Body() body: CreateChatDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatWire> {
    const { chat, isNew } = await this.open(actor, body);
    if (isNew) locate(reply, `chats/${chat.id}`);
    else void reply.status(200);
    return this.shapes.chat(chat);
  }

  @Get()
  @chatDocs.list
  async list(@Actor() actor: Actor, @Query() query: PageQuery): Promise<ChatPage> {
    const urlOf = this.urls.signedFor(actor);
    return pageToWire(await this.listInbox.execute(actor, query), (entry) => this.shapes.listItem(entry, urlOf));
  }

  @Get(':chat_id')
  @chatDocs.get
  async get(@Actor() actor: Actor, @Param('chat_id', ParseIdPipe) chatId: number): Promise<ChatWire> {
    return this.shapes.chat(await this.getChat.execute(actor, chatId));
  }

  @Put(':chat_id')
  @chatDocs.update
  async update(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Body() { name }: UpdateChatDto,
  ): Promise<ChatWire> {
    return this.shapes.chat(await this.renameChat.execute(actor, chatId, name));
  }

  @Delete(':chat_id')
  @HttpCode(204)
  @chatDocs.leave
  leave(@Actor() actor: Actor, @Param('chat_id', ParseIdPipe) chatId: number): Promise<void> {
    return this.leaveChat.execute(actor, chatId);
  }

  private async open(actor: Actor, { chat_type, name, participant_ids: participantIds }: CreateChatDto) {
    if (chat_type === 'direct') return this.openDirectChat.execute(actor, participantIds);
    return { chat: await this.createGroup.execute(actor, { name, participantIds }), isNew: true };
  }
}
