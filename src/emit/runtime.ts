import { posix } from 'node:path';
import express from '../../templates/runtime/adapters/express.ts?raw';
import fastify from '../../templates/runtime/adapters/fastify.ts?raw';
import lambda from '../../templates/runtime/adapters/lambda.ts?raw';
import node from '../../templates/runtime/adapters/node.ts?raw';
import answers from '../../templates/runtime/answers.ts?raw';
import body from '../../templates/runtime/body.ts?raw';
import callbacks from '../../templates/runtime/callbacks.ts?raw';
import clientAccount from '../../templates/runtime/clients/account.ts?raw';
import clientAddress from '../../templates/runtime/clients/address.ts?raw';
import clientApiError from '../../templates/runtime/clients/api-error.ts?raw';
import clientBudget from '../../templates/runtime/clients/budget.ts?raw';
import clientBulk from '../../templates/runtime/clients/bulk.ts?raw';
import clientOptions from '../../templates/runtime/clients/client-options.ts?raw';
import clientCredential from '../../templates/runtime/clients/credential.ts?raw';
import clientCustom from '../../templates/runtime/clients/custom.ts?raw';
import clientExchange from '../../templates/runtime/clients/exchange.ts?raw';
import clientFreshchat from '../../templates/runtime/clients/freshchat.ts?raw';
import clientFreshchatRecords from '../../templates/runtime/clients/freshchat-records.ts?raw';
import clientFreshdesk from '../../templates/runtime/clients/freshdesk.ts?raw';
import clientFreshdeskRecords from '../../templates/runtime/clients/freshdesk-records.ts?raw';
import clientFreshsales from '../../templates/runtime/clients/freshsales.ts?raw';
import clientFreshsalesRecords from '../../templates/runtime/clients/freshsales-records.ts?raw';
import clientFreshservice from '../../templates/runtime/clients/freshservice.ts?raw';
import clientFreshserviceRecords from '../../templates/runtime/clients/freshservice-records.ts?raw';
import clientHelpdesk from '../../templates/runtime/clients/helpdesk.ts?raw';
import clientHttp from '../../templates/runtime/clients/http.ts?raw';
import clientJobs from '../../templates/runtime/clients/jobs.ts?raw';
import clientPages from '../../templates/runtime/clients/pages.ts?raw';
import clientQuery from '../../templates/runtime/clients/query.ts?raw';
import clientRecords from '../../templates/runtime/clients/records.ts?raw';
import clientSecret from '../../templates/runtime/clients/secret.ts?raw';
import clientWaiting from '../../templates/runtime/clients/waiting.ts?raw';
import fields from '../../templates/runtime/fields.ts?raw';
import entries from '../../templates/runtime/entries.ts?raw';
import formats from '../../templates/runtime/formats.ts?raw';
import form from '../../templates/runtime/form.ts?raw';
import bullmq from '../../templates/runtime/inboxes/bullmq.ts?raw';
import pending from '../../templates/runtime/inboxes/pending.ts?raw';
import pgBoss from '../../templates/runtime/inboxes/pg-boss.ts?raw';
import pgBossDead from '../../templates/runtime/inboxes/pg-boss-dead.ts?raw';
import retries from '../../templates/runtime/inboxes/retries.ts?raw';
import sqliteFile from '../../templates/runtime/inboxes/sqlite-file.ts?raw';
import sqliteWorker from '../../templates/runtime/inboxes/sqlite-worker.ts?raw';
import sqlite from '../../templates/runtime/inboxes/sqlite.ts?raw';
import inbox from '../../templates/runtime/inbox.ts?raw';
import jsonSchema from '../../templates/runtime/json-schema.ts?raw';
import deduplicate from '../../templates/runtime/deduplicate.ts?raw';
import handling from '../../templates/runtime/handling.ts?raw';
import hmac from '../../templates/runtime/hmac.ts?raw';
import hooks from '../../templates/runtime/hooks.ts?raw';
import storing from '../../templates/runtime/storing.ts?raw';
import noInbox from '../../templates/runtime/no-inbox.ts?raw';
import runInbox from '../../templates/runtime/run-inbox.ts?raw';
import keys from '../../templates/runtime/keys.ts?raw';
import nodeBody from '../../templates/runtime/node-body.ts?raw';
import nodeHttp from '../../templates/runtime/node-http.ts?raw';
import options from '../../templates/runtime/options.ts?raw';
import patterns from '../../templates/runtime/patterns.ts?raw';
import receiver from '../../templates/runtime/receiver.ts?raw';
import refusals from '../../templates/runtime/refusals.ts?raw';
import routing from '../../templates/runtime/routing.ts?raw';
import signatures from '../../templates/runtime/signatures.ts?raw';
import text from '../../templates/runtime/text.ts?raw';
import standardSchema from '../../templates/runtime/standard-schema.ts?raw';
import validation from '../../templates/runtime/validation.ts?raw';
import values from '../../templates/runtime/values.ts?raw';
import type { Catalog } from '../model/catalog.js';
import type { EmittedFile } from '../kit/file.js';
import { byCodeUnit } from '../kit/path.js';
import { emitTemplate } from './template.js';

/** What was asked for beside what every kit has. */
export interface Asked {
  readonly adapters: readonly string[];
  readonly inbox: readonly string[];
  readonly clients: readonly string[];
}

/**
 * The modules of the kit that hold no word of a document: `runtime/`.
 *
 * @param validators what calls some of them
 */
export function emitRuntime(
  catalog: Catalog,
  asked: Asked,
  extension: string,
  validators: readonly EmittedFile[],
): readonly EmittedFile[] {
  const names = withImported([
    ...Object.keys(always),
    ...modulesOf(asked),
    ...(hasOddFields(catalog) ? ['fields'] : []),
    ...(calls(validators, 'patterns') ? ['patterns'] : []),
  ]);
  return names.map((name) => {
    const template = name === 'storing' && asked.inbox.length > 0 ? storing : (templates.get(name) ?? '');
    return emitTemplate(`runtime/${name}.ts`, template, extension);
  });
}

/** Whether a module is for users: others are parts of its workings. */
export function isPublic(path: string, asked: Asked): boolean {
  return ['receiver', 'signatures', 'fields', 'inbox', ...modulesOf(asked)]
    .map((name) => `runtime/${name}.ts`)
    .includes(path);
}

const always = {
  answers,
  body,
  callbacks,
  deduplicate,
  entries,
  form,
  formats,
  handling,
  hmac,
  hooks,
  inbox,
  'json-schema': jsonSchema,
  keys,
  options,
  receiver,
  refusals,
  routing,
  signatures,
  'standard-schema': standardSchema,
  storing: noInbox,
  text,
  validation,
  values,
};

/** Emitted where they are asked for, or where a module that is emitted imports them. */
const onRequest = {
  'adapters/node': node,
  'adapters/express': express,
  'adapters/fastify': fastify,
  'adapters/lambda': lambda,
  'clients/account': clientAccount,
  'clients/address': clientAddress,
  'clients/api-error': clientApiError,
  'clients/budget': clientBudget,
  'clients/bulk': clientBulk,
  'clients/client-options': clientOptions,
  'clients/credential': clientCredential,
  'clients/custom': clientCustom,
  'clients/exchange': clientExchange,
  'clients/freshchat': clientFreshchat,
  'clients/freshchat-records': clientFreshchatRecords,
  'clients/freshdesk': clientFreshdesk,
  'clients/freshdesk-records': clientFreshdeskRecords,
  'clients/freshsales': clientFreshsales,
  'clients/freshsales-records': clientFreshsalesRecords,
  'clients/freshservice': clientFreshservice,
  'clients/freshservice-records': clientFreshserviceRecords,
  'clients/helpdesk': clientHelpdesk,
  'clients/http': clientHttp,
  'clients/jobs': clientJobs,
  'clients/pages': clientPages,
  'clients/query': clientQuery,
  'clients/records': clientRecords,
  'clients/secret': clientSecret,
  'clients/waiting': clientWaiting,
  'inboxes/bullmq': bullmq,
  'inboxes/pending': pending,
  'inboxes/pg-boss': pgBoss,
  'inboxes/pg-boss-dead': pgBossDead,
  'inboxes/retries': retries,
  'inboxes/sqlite': sqlite,
  'inboxes/sqlite-file': sqliteFile,
  'inboxes/sqlite-worker': sqliteWorker,
  'run-inbox': runInbox,
  'node-body': nodeBody,
  'node-http': nodeHttp,
  fields,
  patterns,
};

const templates: ReadonlyMap<string, string> = new Map(Object.entries({ ...always, ...onRequest }));

/** The modules that somebody asked for by the name of an option. */
function modulesOf({ adapters, inbox, clients }: Asked): readonly string[] {
  return [
    ...adapters.map((name) => `adapters/${name}`),
    ...inbox.map((name) => `inboxes/${name}`),
    ...(inbox.length > 0 ? ['run-inbox'] : []),
    ...clients.map((name) => `clients/${name}`),
  ].filter((name) => templates.has(name));
}

/** The modules with all those of `runtime/` that they import. */
function withImported(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  // What is added on the way has its turn as well.
  for (const name of found) {
    const code = templates.get(name) ?? '';
    for (const [, specifier = ''] of code.matchAll(/^(?:import|export|\}) .*from "(\.[^"]*)\.js";$/gm)) {
      const imported = posix.join(posix.dirname(name), specifier);
      if (templates.has(imported)) found.add(imported);
    }
  }
  return [...found].sort(byCodeUnit);
}

/** The readers in fields.ts are for these products' fields. */
function hasOddFields({ products }: Catalog): boolean {
  return products.some(({ name }) => name === 'freshdesk' || name === 'freshservice');
}

function calls(validators: readonly EmittedFile[], module: string): boolean {
  return validators.some(({ statements }) => statements.includes(`import ../runtime/${module}`));
}
