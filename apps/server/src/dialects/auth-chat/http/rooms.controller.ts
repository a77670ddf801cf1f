import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateGroupByEmail, GetGroupDetails, ListDirectChats } from '@app/chats';
import { ListLatestMessages } from '@app/messages';
import { Presence } from '@app/realtime';
import { Actor } from '../../../transport/auth';
import { MAX_MESSAGES, PrivateChatWire, privateChatToWire, RoomWire, roomToWire } from '../shapes/room.shape';
import { TAGS } from '../tags';
import { roomDocs } from './docs/rooms.docs';
import { CreateRoomDto, PrivateChatsQuery } from './dto/rooms.dto';
import { RoomIdPipe } from './room-id';

@ApiTags(TAGS.rooms)
@Controller('chat')
export class RoomsController {
  constructor(
    private readonly createGroup: CreateGroupByEmail,
    private readonly getDetails: GetGroupDetails,
    private readonly listDirectChats: ListDirectChats,
    private readonly listLatest: ListLatestMessages,
    private readonly presence: Presence,
  ) {}

  @Get('private_chats')
  @roomDocs.privateChats
  async privateChats(@Actor() actor: Actor, @Query() query: PrivateChatsQuery): Promise<PrivateChatWire[]> {
    const chats = await this.listDirectChats.execute(actor, query);
    return chats.map((chat) => privateChatToWire(chat, this.presence.isOnline(chat.other.userId)));
  }

  @Post('chat_rooms')
  @roomDocs.create
  async create(@Actor() actor: Actor, @Body() { name, description, members }: CreateRoomDto): Promise<RoomWire> {
    return roomToWire(await this.createGroup.execute(actor, { name, description, emails: members ?? [] }), []);
  }

  @Get('chat_rooms/:room_id')
  @roomDocs.get
  async get(@Actor() actor: Actor, @Param('room_id', RoomIdPipe) roomId: number): Promise<RoomWire> {
    const details = await this.getDetails.execute(actor, roomId);
    return roomToWire(details, await this.listLatest.execute(actor, roomId, { limit: MAX_MESSAGES }));
  }
}
