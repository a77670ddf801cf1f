import { messageToWire } from '../../../apps/server/src/dialects/v1/shapes/message.shape';
import { MESSAGE, MESSAGE_WITH_LOST_TEXT } from '../a-message';

it('has an error beside a message whose text is lost, and only then', () => {
  expect(messageToWire(MESSAGE)).not.toHaveProperty('error');
  const error = { code: 'message.body_missing', status: 503 };
  expect(messageToWire(MESSAGE_WITH_LOST_TEXT)).toMatchObject({ id: 7, content: '', error });
});
