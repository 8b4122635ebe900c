import { UserError } from '../errors';
import type { ProcessReply } from '../protocol/processMessages';

/**
 * Answers a request of the parent process: progress first, then a result or an error. For errors that are not meant for
 * users the stack is sent too, for the log.
 */
export async function answerCall(
  id: number,
  call: (progress: (progress: unknown) => unknown) => unknown,
): Promise<void> {
  // Large messages are sent in pieces, which a synchronous computation would delay.
  const send = (reply: ProcessReply<unknown, unknown>): Promise<void> =>
    new Promise((resolve) => {
      process.send?.(reply, undefined, {}, () => {
        resolve();
      });
    });
  try {
    const result = await call((progress) => send({ id, kind: 'progress', progress }));
    void send({ id, kind: 'result', result });
  } catch (error) {
    const expected = error instanceof UserError;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    void send({ id, kind: 'error', message: expected ? error.message : text, expected });
  }
}
