import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AddParticipants, AppointAdmin, ListParticipants, RemoveParticipant } from '@app/chats';
import { Actor } from '../../../transport/auth';
import { PageQuery, ParseIdPipe } from '../../../transport/validation';
import { ChatShapes, ChatWire, ParticipantPage, ParticipantWire } from '../shapes/chat.shape';
import { pageToWire } from '../shapes/page.shape';
import { participantDocs } from './docs/participants.docs';
import { peopleOf, personOf } from './dto/alternatives';
import { AddParticipantsDto, AppointDto, RemoveParticipantDto } from './dto/chats.dto';
import { RemoveParticipantQuery } from './dto/queries.dto';
import { API } from './locate';

@ApiTags('Chats')
@Controller(`${API}/chats/:chat_id/participants`)
export class ParticipantsController {
  constructor(
    private readonly listParticipants: ListParticipants,
    private readonly addParticipants: AddParticipants,
    private readonly removeParticipant: RemoveParticipant,
    private readonly appointAdmin: AppointAdmin,
    private readonly shapes: ChatShapes,
  ) {}

  @Get()
  @participantDocs.list
  async list(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Query() query: PageQuery,
  ): Promise<ParticipantPage> {
    return pageToWire(await this.listParticipants.execute(actor, chatId, query), this.shapes.participant);
  }

  @Post()
  @HttpCode(200)
  @participantDocs.add
  async add(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Body() body: AddParticipantsDto,
  ): Promise<ChatWire> {
    return this.shapes.chat(await this.addParticipants.execute(actor, chatId, peopleOf(body)));
  }

  @Delete()
  @HttpCode(204)
  @participantDocs.remove
  remove(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Query() query: RemoveParticipantQuery,
    @Body() body: RemoveParticipantDto,
  ): Promise<void> {
    return this.removeParticipant.execute(actor, chatId, personOf(query, body));
  }

  @Put(':user_id')
  @participantDocs.appoint
  async appoint(
    @Actor() actor: Actor,
    @Param('chat_id', ParseIdPipe) chatId: number,
    @Param('user_id', ParseIdPipe) userId: number,
    @Body() body: AppointDto,
  ): Promise<ParticipantWire> {
    return this.shapes.participant(await this.appointAdmin.execute(actor, chatId, userId, body.is_admin));
  }
}
