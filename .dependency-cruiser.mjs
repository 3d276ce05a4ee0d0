const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    wall('no-circular', 'a cycle means two rooms are one', {}, { circular: true }),
    wall('no-unresolvable', 'an import must lead somewhere', {}, { couldNotResolve: true }),
    wall(
      'domain-imports-domain-only',
      'what we decide is pure',
      { path: '^functions/domain/' },
      { pathNot: '^functions/domain/' },
    ),
    wall(
      'ports-and-views-import-domain-only',
      'an interface and a page know the nouns, not the machines',
      { path: '^functions/(ports\\.ts$|errors\\.ts$|views/)' },
      { pathNot: '^functions/(domain/|views/)' },
    ),
    wall(
      'adapters-know-no-steps',
      'an adapter serves a port and knows nobody who asks',
      { path: '^functions/adapters/' },
      { path: '^(functions/(news|takedown|site|views)/|lib/|bin/|tests/)' },
    ),
    wall(
      'runtime-knows-no-steps',
      'the runtime carries steps and knows none',
      { path: '^functions/runtime/' },
      { path: '^(functions/(news|takedown|site|views|adapters)/|lib/|bin/|tests/)' },
    ),
    wall(
      'steps-never-call-steps',
      'they leave records: a message, an object, a row',
      { path: '^functions/(news|takedown|site)/([^/.]+)' },
      { path: '^functions/(news|takedown|site)/', pathNot: '^functions/$1/$2(/|\\.ts$)' },
    ),
    wall(
      'steps-know-no-cloud',
      'what runs does not know where it runs',
      { path: '^functions/' },
      { path: '^(lib|bin|tests)/' },
    ),
    wall(
      'cloud-imports-types-only',
      'the template names functions; it never runs them',
      { path: '^lib/cloud/' },
      { path: '^functions/', dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'cloud-knows-no-local',
      'the cloud is not a trial',
      { path: '^lib/cloud/' },
      { path: '^(lib/local|bin|tests)/' },
    ),
    wall(
      'local-runs-bundles-only',
      'what you try is what you deploy',
      { path: '^lib/local/' },
      { path: '^(functions|lib/cloud|bin|tests)/' },
    ),
    wall(
      'nobody-imports-doors',
      'a door opens inwards',
      { pathNot: '^(bin|tests)/' },
      { path: '^(bin|tests)/' },
    ),
    wall(
      'shipped-code-ships-its-dependencies',
      'a function may not lean on a development tool',
      { path: '^functions/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '@types/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
