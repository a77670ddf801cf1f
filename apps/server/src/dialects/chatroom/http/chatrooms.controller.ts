import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetChat, JoinChat, LeaveChat, ListRooms, OpenRoom } from '@app/chats';
import { UserNotFound } from '@app/users';
import type { FastifyReply } from 'fastify';
import { Actor } from '../../../transport/auth';
import { Words } from '../errors/words.decorator';
import { WORDINGS } from '../errors/wordings';
import { ChatIdPipe, idFrom } from '../ids';
import { CHATROOMS } from '../paths';
import { chatroomToWire, ChatroomWire } from '../shapes/chatroom.shape';
import { chatroomDocs } from './docs/chatrooms.docs';
import { CreateChatroomDto } from './dto/chatroom.dto';
import { ChatroomsQuery } from './dto/queries.dto';
import { jsonText } from './json-text';

@ApiTags('Chatrooms')
@Controller(CHATROOMS)
export class ChatroomsController {
  constructor(
    private readonly openRoom: OpenRoom,
    private readonly listRooms: ListRooms,
    private readonly getChat: GetChat,
    private readonly joinChat: JoinChat,
    private readonly leaveChat: LeaveChat,
  ) {}

  @Get()
  @chatroomDocs.list
  async list(@Actor() actor: Actor, @Query() { before, limit, scope }: ChatroomsQuery): Promise<ChatroomWire[]> {
    const rooms = await this.listRooms.execute(actor, { before, limit }, scope);
    return rooms.map((room) => chatroomToWire(room, actor.userId));
  }

  @Post()
  @Words(...WORDINGS.members)
  @chatroomDocs.create
  async create(
    @Actor() actor: Actor,
    @Body() { name, members }: CreateChatroomDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChatroomWire> {
    const { chat, isNew } = await this.openRoom.execute(actor, { name, memberIds: (members ?? []).map(memberIdFrom) });
    if (!isNew) void reply.status(200);
    return chatroomToWire(chat, actor.userId);
  }

  @Get(':id')
  @Words(...WORDINGS.chatroom)
  @chatroomDocs.get
  async get(@Actor() actor: Actor, @Param('id', ChatIdPipe) chatId: number): Promise<ChatroomWire> {
    return chatroomToWire(await this.getChat.execute(actor, chatId), actor.userId);
  }

  @Post(':id/join')
  @HttpCode(200)
  @Header('content-type', 'application/json; charset=utf-8')
  @Words(...WORDINGS.join)
  @chatroomDocs.join
  async join(@Actor() actor: Actor, @Param('id', ChatIdPipe) chatId: number): Promise<string> {
    await this.joinChat.execute(actor, chatId);
    return jsonText(`User ${actor.userId} successfully added to chatroom ${chatId}!`);
  }

  @Post(':id/leave')
  @HttpCode(200)
  @Header('content-type', 'application/json; charset=utf-8')
  @Words(...WORDINGS.chatroom)
  @chatroomDocs.leave
  async leave(@Actor() actor: Actor, @Param('id', ChatIdPipe) chatId: number): Promise<string> {
    await this.leaveChat.execute(actor, chatId);
    return jsonText(`User ${actor.userId} successfully removed from chatroom ${chatId}!`);
  }
}

/** @throws UserNotFound for what can't be an id */
function memberIdFrom(text: string): number {
  const userId = idFrom(text);
  if (userId === undefined) throw new UserNotFound(0);
  return userId;
}
