import type { ProcessRequest } from '../protocol/processMessages';
import { answerCall } from './answerCall';
import { methodNamed } from './methodNamed';

/** The methods of a process: one for each of its calls. */
type Methods<C extends { readonly [M in keyof C]: { readonly params: unknown } }, P> = {
  readonly [M in keyof C]: (params: C[M]['params'], progress: (progress: P) => unknown) => unknown;
};

/**
 * Answers the calls of the parent process until it exits.
 *
 * @param inOrder whether each call waits for the previous one
 */
export function serveCalls<C extends { readonly [M in keyof C]: { readonly params: unknown } }, P>(
  methods: Methods<C, P>,
  { inOrder }: { readonly inOrder: boolean },
): void {
  let previous = Promise.resolve();
  process.on('message', ({ id, method, params }: ProcessRequest<C>) => {
    const answer = () => answerCall(id, (progress) => methodNamed(methods, method)(params, progress));
    previous = inOrder ? previous.then(answer) : answer();
  });
  process.on('disconnect', () => process.exit());
}
