// Stands in for `@aws-sdk/client-sqs`: a FIFO queue in memory, with what the recipe in docs/inbox.md uses of it.
import { setTimeout as pause } from 'node:timers/promises';

export interface FakeMessage {
  MessageId?: string;
  Body?: string;
  ReceiptHandle?: string;
  Attributes?: Record<string, string>;
}

interface Kept extends FakeMessage {
  visibleAt: number;
  count: number;
}

class Command<Input> {
  readonly input: Input;

  constructor(input: Input) {
    this.input = input;
  }
}

export class SendMessageCommand extends Command<{
  QueueUrl: string;
  MessageBody: string;
  MessageDeduplicationId: string;
  MessageGroupId: string;
}> {}

export class ReceiveMessageCommand extends Command<{
  QueueUrl: string;
  MaxNumberOfMessages: number;
  WaitTimeSeconds: number;
  VisibilityTimeout: number;
  MessageSystemAttributeNames: string[];
}> {}

export class DeleteMessageCommand extends Command<{ QueueUrl: string; ReceiptHandle: string | undefined }> {}

export class ChangeMessageVisibilityCommand extends Command<{
  QueueUrl: string;
  ReceiptHandle: string | undefined;
  VisibilityTimeout: number;
}> {}

export class SQSClient {
  readonly #keys = new Set<string>();
  #messages: Kept[] = [];

  async send(
    command: Command<unknown>,
    { abortSignal }: { abortSignal?: AbortSignal } = {},
  ): Promise<{ Messages?: FakeMessage[] }> {
    abortSignal?.throwIfAborted();
    if (command instanceof SendMessageCommand) {
      const { MessageDeduplicationId: id, MessageBody: Body } = command.input;
      if (!this.#keys.has(id))
        this.#messages.push({ MessageId: id, ReceiptHandle: id, Body, visibleAt: 0, count: 0 });
      this.#keys.add(id);
    }
    if (command instanceof DeleteMessageCommand)
      this.#messages = this.#messages.filter(
        ({ ReceiptHandle }) => ReceiptHandle !== command.input.ReceiptHandle,
      );
    if (command instanceof ChangeMessageVisibilityCommand)
      for (const message of this.#messages)
        // A second is a millisecond here.
        if (message.ReceiptHandle === command.input.ReceiptHandle)
          message.visibleAt = Date.now() + command.input.VisibilityTimeout;
    if (command instanceof ReceiveMessageCommand)
      return this.#receive(command.input.VisibilityTimeout, abortSignal);
    return {};
  }

  async #receive(seconds: number, signal?: AbortSignal): Promise<{ Messages?: FakeMessage[] }> {
    for (let tries = 0; tries < 20; tries += 1) {
      const message = this.#messages.find(({ visibleAt }) => visibleAt <= Date.now());
      if (message !== undefined) {
        message.visibleAt = Date.now() + seconds * 1_000;
        message.count += 1;
        return { Messages: [{ ...message, Attributes: { ApproximateReceiveCount: String(message.count) } }] };
      }
      await pause(10, undefined, signal ? { signal } : {});
    }
    return {};
  }
}
