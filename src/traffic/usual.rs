//! Usual words in exports' column names.
//!
//! A column that is not counted may have any name, including a person's: a transposed table has one
//! for each. Its name is shown only if it consists of usual words.

/// Usual words, sorted.
const WORDS: &str = "\
    account,active,activity,additional,address,after,agent,ai,amount,api,app,application,\
    args,arn,at,attempt,attempts,audio,average,avg,base,batch,billed,body,bucket,budget,\
    bytes,cache,cached,call,calls,cancelled,canonical,channel,choice,class,client,code,\
    column,company,completion,completions,compute,config,content,context,cost,costs,count,\
    cpu,created,creation,credits,currency,custom,customer,data,date,day,days,decision,\
    department,deployment,dept,details,discount,duration,email,end,ending,endpoint,entity,\
    env,environment,ephemeral,error,errors,estimated,evaluated,event,events,exact,expires,\
    export,external,failed,fee,file,finish,first,flag,for,format,from,function,gateway,\
    generated,generation,geo,gpu,grader,group,guardrail,guardrails,has,hash,header,headers,\
    hidden,hit,hits,host,hour,id,identity,ids,image,images,in,index,inference,info,input,\
    inputs,instance,integration,interval,invocation,ip,is,iso,item,job,key,keys,kind,label,\
    language,latency,length,level,limit,line,list,llm,local,location,log,logging,logs,match,\
    max,maximum,mcp,mean,memory,message,messages,meta,metadata,method,metric,metrics,min,\
    mode,model,models,month,ms,name,namespace,namespaced,native,no,normalized,num,number,\
    object,observation,of,on,operation,org,organisation,organization,origin,original,output,\
    outputs,owner,params,parent,path,payload,per,percent,period,permaslug,pii,points,\
    policies,policy,post,price,pricing,priority,processed,processing,product,profile,\
    project,prompt,prompts,properties,provided,provider,proxy,publisher,quality,quantity,\
    query,queue,quota,rate,ratelimit,ratio,raw,read,reason,reasoning,reasons,ref,referer,\
    region,remaining,report,req,request,requested,requester,requests,res,reserved,resource,\
    response,responses,result,results,retries,retry,role,route,row,run,running,safety,\
    sampling,score,search,seconds,seed,sent,server,service,session,share,size,skipped,slug,\
    source,span,speed,spend,stage,start,started,starting,state,status,step,stop,stream,\
    streamed,streaming,style,success,successful,sum,system,tag,tags,task,team,temperature,\
    tenant,text,thinking,throttled,tier,time,timestamp,to,token,tokens,tool,tools,top,total,\
    totals,trace,transaction,triggered,ttft,type,types,uncached,unit,units,until,updated,\
    upload,upstream,uri,url,usage,usd,use,used,user,users,utc,value,variant,vector,vendor,\
    verdict,version,virtual,waiting,warnings,web,week,width,window,workflow,workload,\
    workspace,write,written,year,zone,";
/// Maximum length of a unit or number in a name, such as `5m` or `p95`.
const UNIT_MOST: usize = 4;

/// Whether a name consists of usual words.
pub(crate) fn is_usual(name: &str) -> bool {
    let mut words = words(name);
    words.all(|word| {
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        let is_unit = word.len() <= UNIT_MOST && (has_digit || word.len() == 1);
        is_unit || WORDS.split(',').any(|known| known == word)
    })
}

/// Lowercase words of a name: `end_time`, `endTime` and `End time` are equal.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut apart = String::with_capacity(name.len() + 8);
    let mut is_small = false;
    for sign in name.chars() {
        if is_small && sign.is_uppercase() {
            apart.push(' ');
        }
        is_small = sign.is_lowercase() || sign.is_ascii_digit();
        apart.extend(sign.to_lowercase());
    }
    let words: Vec<String> = apart
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_usual_and_names_of_persons_are_not() {
        for name in [
            "end_time",
            "endTime",
            "Spend ($)",
            "web_search_count",
            "input_tokens_5m",
            "mcp_namespaced_tool_name",
            "p95 latency (ms)",
            "team",
        ] {
            assert!(is_usual(name), "{name}");
        }
        for name in [
            "Alice Smith",
            "alice",
            "Müller, Erika",
            "tokens of alice",
            "ACME-prod",
        ] {
            assert!(!is_usual(name), "{name}");
        }
    }
}
