import { describe, expect, it } from "vitest";
import { Outbox } from "@/page/review/outbox";

/** A server that answers when it is told to, and writes down what reached it. */
function slowServer() {
  const reached: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    reached,
    ask: <T>(what: string, answer: T): Promise<T> => {
      reached.push(what);
      return new Promise((resolve) => {
        waiting.push(() => resolve(answer));
      });
    },
    /** Answers what waits, one after the other, until nothing more comes. */
    answer: async () => {
      await settled();
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        next();
        await settled();
      }
    },
  };
}

/** Everything that needs no answer any more has run. */
const settled = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve);
  });

describe("what is sent behind the steward's back", () => {
  it("keeps its order where a verdict is corrected before the first answer", async () => {
    const [outbox, server] = [new Outbox(), slowServer()];
    const made = [
      outbox.send(1, () => server.ask("same", "d1")),
      outbox.takeBack(1, (decisionId) => server.ask(`undo ${decisionId}`, undefined)),
      outbox.send(2, () => server.ask("different", "d2")),
    ];
    await settled();
    expect(server.reached).toEqual(["same"]);
    await server.answer();
    expect(server.reached).toEqual(["same", "undo d1", "different"]);
    expect(await Promise.all(made)).toEqual(["d1", undefined, "d2"]);
  });

  it("takes back the attempt that is meant, not the newest on its item", async () => {
    const [outbox, server] = [new Outbox(), slowServer()];
    void outbox.send(1, () => server.ask("same", "d1"));
    void outbox.takeBack(1, (decisionId) => server.ask(`undo ${decisionId}`, undefined));
    void outbox.send(2, () => server.ask("different", "d2"));
    void outbox.takeBack(2, (decisionId) => server.ask(`undo ${decisionId}`, undefined));
    void outbox.send(3, () => server.ask("unsure", "d3"));
    await server.answer();
    expect(server.reached).toEqual(["same", "undo d1", "different", "undo d2", "unsure"]);
  });

  it("has nothing to take back where no decision was made", async () => {
    const [outbox, server] = [new Outbox(), slowServer()];
    void outbox.send(1, () => server.ask("skip", null));
    void outbox.takeBack(1, (decisionId) => server.ask(`undo ${decisionId}`, undefined));
    void outbox.send(2, () => server.ask("same", "d2"));
    await server.answer();
    expect(server.reached).toEqual(["skip", "same"]);
  });

  it("goes on after one that failed", async () => {
    const [outbox, server] = [new Outbox(), slowServer()];
    const failed = outbox.send(1, () => Promise.reject(new Error("no network")));
    void outbox.send(2, () => server.ask("same", "d2"));
    await expect(failed).rejects.toThrow("no network");
    await server.answer();
    expect(server.reached).toEqual(["same"]);
  });
});
