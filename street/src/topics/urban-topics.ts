import { topic, type Topic } from './topic.js'

const office = ['GOVERNMENT', 'URBAN'] as const

/** What people write about streets, cleanliness and order in public space. */
export const urbanTopics: readonly Topic[] = [
  topic(
    'street-lamp',
    office,
    ['BASIC', 7, 'WORKING'],
    ['路灯,照明,不亮', 'street lamp,lighting,dark'],
    [
      ['路灯坏了，晚上照明很差', 'the street lamp is broken and the lighting at night is poor'],
      ['路灯忽明忽暗，有两盏完全不亮', 'one street lamp flickers and it is dark under two others'],
    ],
  ),
  topic(
    'garbage',
    office,
    ['BASIC', 3, 'WORKING'],
    ['垃圾,清运,异味', 'garbage,collection,smell'],
    [
      ['垃圾桶满了没人清运，苍蝇很多', 'the garbage bins are full and collection is late'],
      ['垃圾堆在路边，异味很大', 'garbage lies by the road and the smell is strong'],
    ],
  ),
  topic(
    'garbage-sorting',
    office,
    ['BASIC', 15, 'WORKING'],
    ['分类投放,厨余,投放点', 'waste sorting,food waste,drop-off'],
    [
      ['分类投放站太远，老人走不动，厨余只能堆在门口', 'the waste sorting point is too far and food waste piles up at the door'],
      ['希望增加一个投放点，现在分类投放要排队', 'one more drop-off is needed, waste sorting means queueing now'],
    ],
  ),
  topic(
    'sewer',
    office,
    ['BASIC', 10, 'WORKING'],
    ['下水道,堵塞,污水', 'sewer,blocked,sewage'],
    [
      ['下水道堵塞，污水冒到路面上', 'the sewer is blocked and sewage runs over the road'],
      ['下水道反味，污水井好像堵塞了', 'the sewer smells and seems blocked'],
    ],
  ),
  topic(
    'ponding',
    office,
    ['BASIC', 45, 'WORKING'],
    ['积水,排水,雨天', 'ponding,drainage,rain'],
    [
      ['一到雨天就积水，鞋都湿透', 'every rain leaves ponding deep enough to soak shoes'],
      ['低洼处积水排水慢，三天都不退', 'drainage is slow and the ponding stays for three days'],
    ],
  ),
  topic(
    'pothole',
    office,
    ['BASIC', 30, 'WORKING'],
    ['路面,坑洼,破损', 'pavement,pothole,cracked'],
    [
      ['路面坑洼不平，骑车容易摔', 'the pavement has a pothole and cyclists may fall'],
      ['人行道路面破损，推婴儿车过不去', 'the pavement is cracked and a pram cannot pass'],
    ],
  ),
  topic(
    'manhole',
    office,
    ['BASIC', 5, 'CALENDAR'],
    ['井盖,松动,响声', 'manhole cover,loose,rattling'],
    [
      ['井盖松动，车一过就响', 'a manhole cover is loose and jumps under every car'],
      ['井盖下沉，夜里响声不断', 'a manhole cover has sunk, rattling all night'],
    ],
  ),
  topic(
    'illegal-building',
    office,
    ['TAKEN_BACK', 60, 'WORKING'],
    ['违建,搭建,楼顶', 'illegal building,built,rooftop'],
    [
      ['楼顶有人违建，担心漏水', 'there is an illegal building on the rooftop and we fear leaks'],
      ['一楼住户违规搭建雨棚，像是违建', 'a shed was built on the ground floor, an illegal building it seems'],
    ],
  ),
  topic(
    'street-stall',
    office,
    ['COOPERATIVE', 10, 'WORKING'],
    ['占道经营,摊贩,人行道', 'street stalls,vendors,sidewalk'],
    [
      ['早上占道经营严重，人行道走不通', 'street stalls in the morning block the sidewalk'],
      ['摊贩占道经营，放学时孩子只能走车道', 'vendors and street stalls push school children onto the road'],
    ],
  ),
  topic(
    'parking',
    office,
    ['BASIC', 30, 'WORKING'],
    ['停车,车位,乱停', 'parking,spaces,parked'],
    [
      ['停车太难，车位白天被外来车占满', 'parking is hard, all spaces are taken by outside cars'],
      ['有人乱停，停车秩序混乱，救护车进不来', 'cars are parked everywhere, the parking order is gone and an ambulance cannot enter'],
    ],
  ),
  topic(
    'toilet',
    office,
    ['BASIC', 7, 'WORKING'],
    ['公厕,卫生,保洁', 'public toilet,clean,hygiene'],
    [
      ['公厕卫生差，洗手台没有水', 'the public toilet lacks hygiene and the basin has no water'],
      ['公厕下午没人保洁，地面很滑', 'nobody keeps the public toilet clean in the afternoon'],
    ],
  ),
  topic(
    'greenery',
    office,
    ['BASIC', 45, 'WORKING'],
    ['绿化,花坛,补种', 'greenery,flower bed,replant'],
    [
      ['绿化带枯死一片，希望补种', 'part of the greenery has died, please replant it'],
      ['花坛没人养护，绿化变成了泥地', 'the flower bed is not cared for and the greenery turned to mud'],
    ],
  ),
  topic(
    'tree',
    office,
    ['BASIC', 15, 'WORKING'],
    ['树枝,修剪,遮挡', 'branches,prune,blocking'],
    [
      ['树枝遮挡窗户，三楼白天要开灯', 'branches are blocking the windows of the third floor'],
      ['树枝太长快碰到电线，请修剪', 'the branches nearly touch the wires, please prune them'],
    ],
  ),
  topic(
    'smoke',
    office,
    ['COOPERATIVE', 15, 'WORKING'],
    ['油烟,餐馆,排烟', 'cooking fumes,restaurant,exhaust'],
    [
      ['餐馆油烟直接排到居民窗口', 'the restaurant sends cooking fumes to our windows'],
      ['排烟管道太低，油烟散不出去', 'the exhaust pipe is too low and the cooking fumes stay'],
    ],
  ),
  topic(
    'noise',
    office,
    ['COOPERATIVE', 5, 'WORKING'],
    ['噪音,施工,夜间', 'noise,construction,at night'],
    [
      ['夜间施工噪音大，孩子睡不着', 'construction noise keeps the children awake'],
      ['夜间还有切割噪音，已经一周了', 'cutting noise at night for a week'],
    ],
  ),
  topic(
    'dust',
    office,
    ['COOPERATIVE', 10, 'WORKING'],
    ['扬尘,工地,洒水', 'dust,building site,sprinkling'],
    [
      ['工地扬尘大，窗户不敢开', 'dust from the building site, we cannot open windows'],
      ['运土车扬尘没有洒水，路上灰蒙蒙', 'no sprinkling for the trucks, dust all over the road'],
    ],
  ),
]
