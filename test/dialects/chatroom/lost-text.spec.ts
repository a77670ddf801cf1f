import { LOST_TEXT_NOTE } from '@app/messages';
import { messageToWire } from '../../../apps/server/src/dialects/chatroom/shapes/message.shape';
import { MESSAGE, MESSAGE_WITH_LOST_TEXT } from '../a-message';

it('says in its place that a text is lost: the contract has no room for an error', () => {
  expect(messageToWire(MESSAGE).message).toBe('hello');
  expect(messageToWire(MESSAGE_WITH_LOST_TEXT).message).toBe(LOST_TEXT_NOTE);
});
