/**
 * What is sent behind the steward's back, one after the other in the order in which it was done: a verdict on what was just
 * taken back must not reach the server before the taking back does, however slow the network is.
 */

/** The id of the decision that was made; null where none was: a skip, or one that the server did not take. */
type Answer = string | null;

export class Outbox {
  #last: Promise<unknown> = Promise.resolve();
  readonly #answers = new Map<number, Promise<Answer>>();

  /** Sends an attempt in its turn; what came of it. */
  send(attempt: number, run: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#inTurn(run);
    this.#answers.set(attempt, answer);
    return answer;
  }

  /** Takes an attempt back in its turn, which comes after the attempt's own; `run` only where a decision came of that. */
  takeBack(attempt: number, run: (decisionId: string) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const decisionId = (await this.#answers.get(attempt)) ?? null;
      if (decisionId !== null) await run(decisionId);
    });
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
