import { testHouseRule } from './rule-tester.js'

const graphql = "import { Arg, Field, FieldResolver, Mutation, Query } from 'type-graphql'\n"
const typeorm = "import { Column, PrimaryColumn } from 'typeorm'\n"
const filename = 'permit.type.ts'

testHouseRule('decorator-states-type', {
  accepted: [
    { name: 'a field with its type', filename, code: `${graphql}class P { @Field(() => String, { nullable: true }) title }` },
    {
      name: 'a query and a mutation with their types',
      filename,
      code: `${graphql}class R { @Query(() => P) a() {}  @Mutation(() => P) b() {} }`,
    },
    { name: 'an argument with its type', filename, code: `${graphql}class R { @Query(() => P) a(@Arg('id', () => ID) id) {} }` },
    { name: 'a field resolver of a stated field', filename, code: `${graphql}class R { @FieldResolver() a() {} }` },
    {
      name: 'columns with their types',
      filename,
      code: `${typeorm}class R { @PrimaryColumn('text') id; @Column({ type: 'int', name: 'no' }) no }`,
    },
    { name: 'a decorator of another library', filename, code: "import { Field } from 'forms'\nclass P { @Field() title }" },
  ],
  refused: [
    { name: 'a bare field', filename, code: `${graphql}class P { @Field() title: string }`, messageIds: ['graphql'] },
    {
      name: 'a field with options alone',
      filename,
      code: `${graphql}class P { @Field({ nullable: true }) title: string }`,
      messageIds: ['graphql'],
    },
    { name: 'a query without its type', filename, code: `${graphql}class R { @Query() a() {} }`, messageIds: ['graphql'] },
    { name: 'a mutation without its type', filename, code: `${graphql}class R { @Mutation() a() {} }`, messageIds: ['graphql'] },
    {
      name: 'an argument without its type',
      filename,
      code: `${graphql}class R { @Query(() => P) a(@Arg('id') id: string) {} }`,
      messageIds: ['graphql'],
    },
    { name: 'a bare column', filename, code: `${typeorm}class R { @Column() title: string }`, messageIds: ['column'] },
    {
      name: 'a column with a name alone',
      filename,
      code: `${typeorm}class R { @Column({ name: 'title' }) title: string }`,
      messageIds: ['column'],
    },
  ],
})
