import { topic, type Topic } from './topic.js'

const office = ['GOVERNMENT', 'SOCIAL'] as const
const labour = ['GOVERNMENT', 'LABOUR'] as const
const team = ['NONPROFIT', 'SOCIAL'] as const

/** What people write about help, care, work and insurance. */
export const careTopics: readonly Topic[] = [
  topic(
    'elderly-meal',
    team,
    ['BASIC', 20, 'WORKING'],
    ['助餐,老人,送餐', 'meal service,aged,delivered'],
    [
      ['希望开设老人助餐点，中午有热饭', 'a meal service for the aged would give a hot lunch'],
      ['助餐送餐晚了，饭都凉了', 'the meal service was delivered late and cold'],
    ],
  ),
  topic(
    'lonely-aged',
    team,
    ['BASIC', 15, 'WORKING'],
    ['独居老人,陪伴,探访', 'living alone,company,visits'],
    [
      ['独居老人缺人陪伴，请安排志愿者', 'an old neighbour living alone wants company'],
      ['希望每周探访独居老人一次', 'weekly visits to old people living alone would be good'],
    ],
  ),
  topic(
    'after-school',
    team,
    ['BASIC', 20, 'WORKING'],
    ['四点半课堂,托管,放学', 'after-school class,homework,pick-up'],
    [
      ['放学早没人接，想报四点半课堂', 'school pick-up is early, we want the after-school class'],
      ['四点半课堂托管名额太少', 'the after-school class for homework has too few places'],
    ],
  ),
  topic(
    'free-clinic',
    team,
    ['BASIC', 15, 'WORKING'],
    ['义诊,量血压,健康讲座', 'free clinic,blood pressure,health talk'],
    [
      ['希望每月一次义诊，帮老人量血压', 'a monthly free clinic to take blood pressure would help'],
      ['健康讲座很好，能否同时义诊', 'the health talk was good, a free clinic beside it would be better'],
    ],
  ),
  topic(
    'clothes-donation',
    team,
    ['BASIC', 10, 'WORKING'],
    ['旧衣,捐赠,回收箱', 'used clothes,donation,collection box'],
    [
      ['旧衣回收箱满了，捐赠的衣服放在地上', 'the collection box for used clothes is full'],
      ['想做旧衣捐赠，不知道送到哪里', 'where can I bring used clothes for donation'],
    ],
  ),
  topic(
    'repair-day',
    team,
    ['BASIC', 15, 'WORKING'],
    ['便民维修,磨刀,修伞', 'repair day,knives,umbrellas'],
    [
      ['便民维修日能不能每月两次，磨刀排队很长', 'could the repair day be twice a month, the line for knives is long'],
      ['希望便民维修增加修伞', 'please add umbrellas to the repair day'],
    ],
  ),
  topic(
    'relief',
    office,
    ['COOPERATIVE', 20, 'WORKING'],
    ['救助,临时困难,申请', 'relief,hardship,apply'],
    [
      ['家里临时困难，想了解救助政策', 'we are in hardship and ask about relief'],
      ['救助怎么申请，需要哪些材料', 'how to apply for relief, which papers are needed'],
    ],
  ),
  topic(
    'aids',
    office,
    ['COOPERATIVE', 20, 'WORKING'],
    ['辅具,轮椅,租借', 'assistive aids,wheelchair,borrow'],
    [
      ['想租借轮椅，社区有辅具吗', 'I want to borrow a wheelchair, are there assistive aids'],
      ['辅具轮椅坏了没人修', 'the wheelchair among the assistive aids is broken'],
    ],
  ),
  topic(
    'aged-allowance',
    office,
    ['COOPERATIVE', 15, 'WORKING'],
    ['高龄津贴,发放,认证', 'senior allowance,paid,confirmation'],
    [
      ['高龄津贴这个月没有发放', 'the senior allowance was not paid this month'],
      ['高龄津贴认证能不能上门', 'could the confirmation for the senior allowance be done at home'],
    ],
  ),
  topic(
    'student-aid',
    office,
    ['COOPERATIVE', 45, 'WORKING'],
    ['助学,学费,困难学生', 'student aid,tuition,poor students'],
    [
      ['孩子上大学学费有困难，想申请助学', 'tuition is hard for us, we ask for student aid'],
      ['困难学生助学名单什么时候公布', 'when will student aid for poor students be announced'],
    ],
  ),
  topic(
    'jobs',
    labour,
    ['BASIC', 20, 'WORKING'],
    ['就业,招聘,岗位', 'employment,job fair,vacancies'],
    [
      ['失业半年，希望介绍就业岗位', 'half a year without employment, are there vacancies'],
      ['招聘会太少，就业信息看不到', 'the job fair is rare and employment news hard to find'],
    ],
  ),
  topic(
    'training',
    labour,
    ['BASIC', 20, 'WORKING'],
    ['技能培训,报名,家政', 'skills training,enrol,housekeeping'],
    [
      ['想参加技能培训，家政班还有名额吗', 'are there places in the housekeeping skills training'],
      ['技能培训报名系统打不开', 'I cannot enrol for the skills training'],
    ],
  ),
  topic(
    'old-age-insurance',
    labour,
    ['TAKEN_BACK', 15, 'WORKING'],
    ['养老保险,缴费,转移', 'old-age insurance,contributions,transfer'],
    [
      ['养老保险转移办了两个月没消息', 'the transfer of my old-age insurance has had no news for two months'],
      ['养老保险缴费档次怎么改', 'how to change contributions to the old-age insurance'],
    ],
  ),
  topic(
    'wages',
    labour,
    ['TAKEN_BACK', 45, 'CALENDAR'],
    ['欠薪,工资,工地老板', 'unpaid wages,pay,employer'],
    [
      ['工地欠薪三个月，工资一直拖', 'unpaid wages for three months, the employer delays'],
      ['餐馆欠薪，工资条也不给', 'unpaid wages, and no pay slip either'],
    ],
  ),
]
