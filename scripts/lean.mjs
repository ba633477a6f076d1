// What the bundle leaves out, and what it only evaluates when it is first used. Every plugin stands for bytes in memory of an idle bot.
import { root } from './installed.mjs'

/** Bolt loads these for receivers that we never make: HTTP ones and the installation of apps. 1 MB of code. */
const neverUsed = /^(express|raw-body|@slack\/oauth)$/

const absent = {
  name: 'absent',
  setup(build) {
    build.onResolve({ filter: neverUsed }, ({ path }) => ({ path, namespace: 'absent' }))
    build.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} is not part of this bundle`)}) }`,
    }))
  },
}

/** Named by what is imported of them; evaluated at the first use of one of these names. */
const heavy = { re2js: ['RE2JS'] }

const lazy = {
  name: 'lazy',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${Object.keys(heavy).join('|')})$`) }, ({ path, namespace }) =>
      namespace === 'lazy' ? undefined : { path, namespace: 'lazy' },
    )
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      resolveDir: root,
      contents: heavy[path]
        .map(
          (name) =>
            `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} })`,
        )
        .join('\n'),
    }))
  },
}

/** zod brings its messages in fifty languages; ours come from the catalogue. */
const oneLanguage = {
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

/** A kubeconfig needs none of client-node's thousand models, which hang together. What it does need and is not named here fails the build. */
const noModels = {
  name: 'no-models',
  setup(build) {
    build.onLoad({ filter: /[\\/]client-node[\\/]dist[\\/]gen[\\/]index\.js$/ }, () => ({
      contents:
        "export { createConfiguration } from './configuration.js'\nexport { ServerConfiguration } from './servers.js'",
    }))
  },
}

export const lean = [absent, lazy, oneLanguage, noModels]
