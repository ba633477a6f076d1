import type { Method } from './method.ts'
import { appsConnectionsOpen, authTest } from './methods/auth.ts'
import {
  conversationsHistory,
  conversationsInfo,
  conversationsMembers,
  conversationsOpen,
  conversationsReplies,
} from './methods/conversations.ts'
import { chatDelete, chatGetPermalink, chatUpdate } from './methods/editing.ts'
import { filesCompleteUploadExternal, filesGetUploadURLExternal, filesInfo } from './methods/files.ts'
import { usergroupsList, usergroupsUsersList, usersInfo } from './methods/people.ts'
import { chatPostEphemeral, chatPostMessage } from './methods/posting.ts'
import { pinsAdd, reactionsAdd } from './methods/reactions.ts'
import { viewsOpen, viewsPublish, viewsPush, viewsUpdate } from './methods/views.ts'

/** Every Web API method this server knows; others answer `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map(
  [
    authTest,
    appsConnectionsOpen,
    chatPostMessage,
    chatPostEphemeral,
    chatUpdate,
    chatDelete,
    chatGetPermalink,
    viewsOpen,
    viewsPush,
    viewsUpdate,
    viewsPublish,
    usersInfo,
    usergroupsList,
    usergroupsUsersList,
    conversationsInfo,
    conversationsMembers,
    conversationsHistory,
    conversationsReplies,
    conversationsOpen,
    filesGetUploadURLExternal,
    filesCompleteUploadExternal,
    filesInfo,
    reactionsAdd,
    pinsAdd,
  ].map((method) => [method.name, method]),
)
